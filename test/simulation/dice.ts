/** Numbers from 0 to below 1 that look random and are the same for the same seed: a simulation that failed can be run again. */
export type Dice = {
  next(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  /** True in the given share of throws. */
  happens(share: number): boolean;
};

/** A linear congruential generator with the constants of Numerical Recipes; good enough to pick mishaps with. */
export function throwDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { next, below: (count) => Math.floor(next() * count), happens: (share) => next() < share };
}
