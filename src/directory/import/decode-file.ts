import { InvalidInputError } from '../../errors/hajiri-error.ts';
import type { Encoding, GivenFile } from './given-file.ts';

/**
 * The text of a file piece by piece, without byte order mark and with line ends of one kind: where they are mixed, two
 * lines would be taken for one. Throws InvalidInputError for what is no text.
 */
export async function* decodeFile(file: GivenFile, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let line = 1;
  let held = '';
  const clean = (text: string): string => {
    const whole = held + text;
    // Whether a line feed follows is known with the next piece.
    held = whole.endsWith('\r') ? '\r' : '';
    const ready = (held === '' ? whole : whole.slice(0, -1)).replaceAll(/\r\n?/g, '\n');
    const zero = ready.indexOf('\0');
    if (zero !== -1)
      refuse(`has a zero character (first at line ${line + countLines(ready.slice(0, zero))})`);
    line += countLines(ready);
    return ready;
  };
  try {
    for await (const chunk of file.read()) {
      const text = clean(decoder.decode(chunk, { stream: true }));
      if (text !== '') yield text;
    }
    const rest = clean(decoder.decode()) + (held === '' ? '' : '\n');
    if (rest !== '') yield rest;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    refuse(
      `is not valid ${encoding.toUpperCase()} text (after line ${line}); save it as "CSV UTF-8" and try again`,
    );
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function refuse(reason: string): never {
  throw new InvalidInputError([{ field: 'file', reason }]);
}
