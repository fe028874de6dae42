// What XML 1.0 cannot hold, and a carriage return, which its readers would turn into a line feed.
// oxlint-disable-next-line no-control-regex -- these are the ones that are meant
const unholdable = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as content or in quotes. Characters that XML cannot hold are written as spreadsheets do it: `_x000D_`. */
export function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(
      unholdable,
      (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '');
}

/** A name that a spreadsheet accepts for a sheet: no more than 31 characters, none of `[]:*?/\`, no quote at an end. */
export function sheetName(text: string): string {
  const cleaned = text
    .replaceAll(/[[\]:*?/\\\p{Cc}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Cut between characters: half of a pair is none.
  const short = cleaned.slice(0, 31).replace(/[\u{D800}-\u{DBFF}]$/u, '');
  const bare = short.replaceAll(/^'+|'+$/g, '').trim();
  // Reserved by Excel.
  return bare === '' || bare.toLowerCase() === 'history' ? 'Report' : bare;
}
