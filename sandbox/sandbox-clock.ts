import type { Clock } from '../src/clock/clock.ts';

/** The time of the sandbox: the injected clock, shifted. Token life, rate windows, age limit and "today" follow it. */
export type SandboxClock = {
  now(): Temporal.Instant;
  /** The calendar date in the company's zone. */
  today(): Temporal.PlainDate;
  /** From here on the time runs from `instant`, as fast as the injected clock. */
  set(instant: Temporal.Instant): void;
  /** Calendar units count in the company's zone. */
  advance(duration: Temporal.DurationLike | string): void;
  /** Waits in the time of the injected clock; setting the sandbox's clock does not shorten it. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
};

export function createSandboxClock(parts: {
  readonly clock: Clock;
  readonly zone: string;
  readonly start: Temporal.Instant | null;
}): SandboxClock {
  const { clock, zone, start } = parts;
  let shift = start === null ? new Temporal.Duration() : clock.now().until(start);
  const now = (): Temporal.Instant => clock.now().add(shift);
  const set = (instant: Temporal.Instant): void => {
    shift = clock.now().until(instant);
  };
  return {
    now,
    today: () => now().toZonedDateTimeISO(zone).toPlainDate(),
    set,
    advance: (duration) => set(now().toZonedDateTimeISO(zone).add(duration).toInstant()),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
  };
}
