/**
 * What a terminal acts on instead of showing it: control characters (with them every escape sequence, of seven and of
 * eight bits) and the marks that turn the direction of writing.
 */
const unseen = /\p{Cc}|[\u{61C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]/gu;

/** One line that shows exactly what is in it: a name from elsewhere cannot move the cursor or hide its neighbours. */
export function visibleLine(text: string): string {
  return text.replace(unseen, ' ');
}

/** The same for several lines. */
export function visibleText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unseen, (character) => (character === '\n' ? '\n' : ' '));
}

/** JSON says the same with such characters escaped; JSON.stringify leaves those from U+007F on as they are. */
export function visibleJson(json: string): string {
  return json.replace(unseen, (character) =>
    character === '\n' ? '\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
