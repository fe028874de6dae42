import * as fc from 'fast-check';

const character = fc
  .oneof(fc.nat(0x7f), fc.nat(0xff_ff), fc.nat(0x10_ff_ff))
  .map((codePoint) =>
    codePoint >= 0xd8_00 && codePoint <= 0xdf_ff ? '\uFFFD' : String.fromCodePoint(codePoint),
  );

/**
 * Texts of any characters of Unicode at all, control characters included. As fast-check's own unit `binary`, which
 * takes seconds to be made ready.
 */
export function anyText(constraints: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: character });
}
