import type { Installation } from '../installation.ts';

export type Fitness = {
  /** As of the last check. */
  isFit(): boolean;
  check(): Promise<boolean>;
};

/** A database that a newer version has changed is that version's: this process takes no more work then, and says so once. */
export function watchFitness({ isOutdated, log }: Pick<Installation, 'isOutdated' | 'log'>): Fitness {
  let isFit = true;
  return {
    isFit: () => isFit,
    async check() {
      const wasFit = isFit;
      isFit = !(await isOutdated());
      if (wasFit && !isFit) log.error({}, 'worker_outdated');
      return isFit;
    },
  };
}
