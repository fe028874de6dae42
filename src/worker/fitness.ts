import type { Installation } from '../installation.ts';

export type Fitness = {
  /** As of the last check. */
  isFit(): boolean;
  check(): Promise<boolean>;
  /** Takes nothing for a while: what this process just took was for one with another encryption key. */
  rest(): void;
};

/** Long enough for another process to take what was given back. */
const restSeconds = 30;

/** A database that a newer version has changed is that version's: this process takes no more work then, and says so once. */
export function watchFitness({
  isOutdated,
  log,
  clock,
}: Pick<Installation, 'isOutdated' | 'log' | 'clock'>): Fitness {
  let isCurrent = true;
  let restsSince: Temporal.Instant | null = null;
  const isRested = (): boolean => {
    if (restsSince === null) return true;
    const seconds = restsSince.until(clock.now()).total('seconds');
    // Below zero the clock was set back.
    return seconds < 0 || seconds >= restSeconds;
  };
  return {
    isFit: () => isCurrent && isRested(),
    async check() {
      const wasCurrent = isCurrent;
      isCurrent = !(await isOutdated());
      if (wasCurrent && !isCurrent) log.error({}, 'worker_outdated');
      return isCurrent;
    },
    rest() {
      restsSince = clock.now();
    },
  };
}
