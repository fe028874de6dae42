const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The lines of a text at a width: broken at blanks, and inside of a word only where it alone is too long. */
export function wrapText(text: string, width: number, measure: (text: string) => number): readonly string[] {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (measure(line) > width) {
      const fitting = fittingPart(line, width, measure);
      if (fitting === line) break;
      lines.push(fitting);
      line = line.slice(fitting.length);
    }
  }
  lines.push(line);
  return lines;
}

/** As many letters as fit, and at least one. */
function fittingPart(word: string, width: number, measure: (text: string) => number): string {
  let part = '';
  for (const { segment } of segmenter.segment(word)) {
    if (part !== '' && measure(part + segment) > width) return part;
    part += segment;
  }
  return part;
}
