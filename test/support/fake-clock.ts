import type { Clock } from '../../src/clock/clock.ts';

type Sleeper = { wakesAt: bigint; readonly wake: () => void };

/**
 * A clock that moves only when told: by `advance`, or by itself to the next sleeper when made with
 * `autoAdvance` (after pending input and output had a turn), so that a minute's wait costs no time.
 */
export class FakeClock implements Clock {
  #now: bigint;
  readonly #autoAdvance: boolean;
  #sleepers: Sleeper[] = [];

  constructor(start: string, options: { autoAdvance?: boolean } = {}) {
    this.#now = Temporal.Instant.from(start).epochNanoseconds;
    this.#autoAdvance = options.autoAdvance ?? false;
  }

  now(): Temporal.Instant {
    return new Temporal.Instant(this.#now);
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper: Sleeper = {
      wakesAt: this.#now + BigInt(Math.ceil(milliseconds)) * 1_000_000n,
      wake: resolve,
    };
    this.#sleepers.push(sleeper);
    signal?.addEventListener('abort', () => {
      this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    });
    if (this.#autoAdvance) setImmediate(() => this.#advanceToNextSleeper());
    await promise;
  }

  advance(duration: Temporal.DurationLike): void {
    this.#moveTo(this.now().add(duration).epochNanoseconds);
  }

  /** The wall clock is set, ahead or back; who sleeps sleeps on for as long as was left, as timers do. */
  jump(instant: string): void {
    const target = Temporal.Instant.from(instant).epochNanoseconds;
    const by = target - this.#now;
    this.#now = target;
    this.#sleepers = this.#sleepers.map((sleeper) => {
      sleeper.wakesAt += by;
      return sleeper;
    });
  }

  set(instant: string): void {
    this.#moveTo(Temporal.Instant.from(instant).epochNanoseconds);
  }

  #advanceToNextSleeper(): void {
    const next = this.#sleepers.reduce<bigint | undefined>(
      (soonest, { wakesAt }) => (soonest === undefined || wakesAt < soonest ? wakesAt : soonest),
      undefined,
    );
    if (next !== undefined) this.#moveTo(next > this.#now ? next : this.#now);
  }

  #moveTo(target: bigint): void {
    this.#now = target;
    const due = this.#sleepers.filter(({ wakesAt }) => wakesAt <= target);
    this.#sleepers = this.#sleepers.filter(({ wakesAt }) => wakesAt > target);
    for (const { wake } of due) wake();
  }
}
