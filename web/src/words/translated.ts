/** The same keys with other words: a key that is missing or left over is an error of the types. */
export type Translated<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : Translated<Words[Key]>;
};
