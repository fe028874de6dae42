/**
 * Repeatable chance without state: the same seed, person, day and question always give the same number. A company
 * that is generated again tomorrow therefore has the same past.
 */
export type Dice = {
  /** In [0, 1). `question` tells the throws of one person and day apart. */
  roll(question: number): number;
  /** A whole number from `least` to `most`, both included. */
  between(question: number, least: number, most: number): number;
  /** A whole number in [0, 2^32). */
  bits(question: number): number;
};

export function throwDice(seed: number, first: number, second: number): Dice {
  const base = mix(
    Math.imul(seed, 0x9e3779b1) ^ mix(Math.imul(first, 0x85ebca77) ^ mix(second + 0x165667b1)),
  );
  const bits = (question: number): number => mix(base ^ mix(Math.imul(question + 1, 0xc2b2ae3d)));
  const roll = (question: number): number => bits(question) / 0x1_0000_0000;
  return {
    bits,
    roll,
    between: (question, least, most) => least + Math.floor(roll(question) * (most - least + 1)),
  };
}

/** A GUID of version 4 by its form, made of the four numbers. */
export function guidFrom(a: number, b: number, c: number, d: number): string {
  const hex = hexOf(a) + hexOf(b) + hexOf(c) + hexOf(d);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** One of the items; throws on an empty list, which is a mistake in the code. */
export function pick<Item>(items: readonly Item[], chance: number): Item {
  const item = items[Math.floor(chance * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function hexOf(bits: number): string {
  return (bits + 0x1_0000_0000).toString(16).slice(1);
}

/** The finishing step of MurmurHash3: every input bit moves about half of the output bits. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
