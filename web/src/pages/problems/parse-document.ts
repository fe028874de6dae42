// The part of Markdown that the pages of problems use. They are our own files, and a test reads all of them.

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong'; readonly content: Cell }
  | { readonly kind: 'link'; readonly content: Cell; readonly target: string };

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly content: readonly Inline[] }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Block[])[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly Cell[]; readonly rows: readonly (readonly Cell[])[] };

export type Cell = readonly Inline[];

/** Its words alone. */
export function plainText(content: Cell): string {
  return content.map((part) => ('content' in part ? plainText(part.content) : part.text)).join('');
}

const listMark = /^(?:-|\d+\.) +/;

export function parseDocument(text: string): readonly Block[] {
  return parseLines(text.split('\n'));
}

function parseLines(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const [block, next] = parseBlock(lines, at, line);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function parseBlock(lines: readonly string[], at: number, line: string): readonly [Block, number] {
  const heading = /^(#+) (.*)$/.exec(line);
  if (heading !== null) {
    const [, marks = '', title = ''] = heading;
    return [{ kind: 'heading', level: marks.length, content: parseInline(title) }, at + 1];
  }
  if (line.startsWith('```')) return parseCode(lines, at);
  if (line.startsWith('|')) return parseTable(lines, at);
  if (listMark.test(line)) return parseList(lines, at, line.startsWith('-'));
  const end = until(lines, at, (one) => one.trim() === '' || /^(?:#|```|\|)/.test(one) || listMark.test(one));
  return [{ kind: 'paragraph', content: parseInline(lines.slice(at, end).join(' ')) }, end];
}

function parseCode(lines: readonly string[], at: number): readonly [Block, number] {
  const end = until(lines, at + 1, (line) => line.startsWith('```'));
  return [{ kind: 'code', text: lines.slice(at + 1, end).join('\n') }, end + 1];
}

function parseTable(lines: readonly string[], at: number): readonly [Block, number] {
  const end = until(lines, at, (line) => !line.startsWith('|'));
  const [head = [], , ...rows] = lines.slice(at, end).map((line) =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split('|')
      .map((cell) => parseInline(cell.trim())),
  );
  return [{ kind: 'table', head, rows }, end];
}

/** An item goes on as long as its lines are indented. */
function parseList(lines: readonly string[], at: number, isBulleted: boolean): readonly [Block, number] {
  const items: (readonly Block[])[] = [];
  let next = at;
  while (next < lines.length) {
    const line = lines[next] ?? '';
    const mark = listMark.exec(line)?.[0];
    if (mark === undefined || line.startsWith('-') !== isBulleted) break;
    const end = until(lines, next + 1, (one) => one.trim() !== '' && !one.startsWith(' '));
    const inside = lines.slice(next + 1, end).map((one) => one.slice(Math.min(mark.length, leading(one))));
    items.push(parseLines([line.slice(mark.length), ...inside]));
    next = end;
  }
  return [{ kind: 'list', isOrdered: !isBulleted, items }, next];
}

function leading(line: string): number {
  return line.length - line.trimStart().length;
}

function until(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  for (let at = from; at < lines.length; at += 1) if (isEnd(lines[at] ?? '')) return at;
  return lines.length;
}

const inlineMark = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)]+)\)/g;

function parseInline(text: string): Cell {
  const parts: Inline[] = [];
  let at = 0;
  for (const match of text.matchAll(inlineMark)) {
    if (match.index > at) parts.push({ kind: 'text', text: text.slice(at, match.index) });
    const [whole, code, strong, label, target] = match;
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', content: parseInline(strong) });
    else if (label !== undefined && target !== undefined)
      parts.push({ kind: 'link', content: parseInline(label), target });
    at = match.index + whole.length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  return parts;
}
