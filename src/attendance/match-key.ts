/** A code in the form in which two codes are compared. Never shown: people see the code as it was typed. */
export type MatchKey = string & { readonly __brand: 'MatchKey' };

// Format characters (zero-width space and joiners, byte order mark, direction marks), variation selectors and the
// soft hyphen: they arrive by copy and paste, and nobody can see them.
const invisible =
  /\p{Cf}|\p{Variation_Selector}|\u{34F}|\u{115F}|\u{1160}|\u{17B4}|\u{17B5}|\u{3164}|\u{FFA0}/gu;
const control = /\p{Cc}/gu;

/**
 * The form in which an Employee ID and Keka's key are compared: without invisible characters, Unicode NFKC, case
 * folded, trimmed. Digits stay text, so `0030` and `30` are two people. Null when nothing visible remains.
 * Idempotent.
 */
export function toMatchKey(code: string | null | undefined): MatchKey | null {
  if (code === null || code === undefined) return null;
  const visible = code.replace(invisible, '').replace(control, ' ');
  // To and fro between the cases: all spellings of one letter (ẞ, ß and SS; σ and ς) end as one.
  const folded = visible
    .normalize('NFKC')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replace(invisible, '');
  const trimmed = folded.trim();
  return trimmed === '' ? null : (trimmed as MatchKey); // the brand is given here and nowhere else
}
