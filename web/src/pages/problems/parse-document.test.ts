import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Block, type Cell, parseDocument } from './parse-document.ts';

const folder = fileURLToPath(new URL('../../../../docs/problems', import.meta.url));

/** All text of a document that is shown as text, code left out. */
function textOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      const words = (content: Cell): string =>
        content
          .map((part) => ('content' in part ? words(part.content) : part.kind === 'code' ? '' : part.text))
          .join('');
      switch (block.kind) {
        case 'heading':
        case 'paragraph':
          return words(block.content);
        case 'list':
          return block.items.map(textOf).join('\n');
        case 'table':
          return [block.head, ...block.rows].flatMap((row) => row.map(words)).join('\n');
        case 'code':
          return '';
      }
    })
    .join('\n');
}

describe('the pages of problems in the browser', () => {
  it('are understood wholly: no mark of Markdown is left for people to read', async () => {
    const names = (await readdir(folder)).filter((name) => name !== 'README.md');
    expect(names.length).toBeGreaterThan(40);
    for (const name of names) {
      const text = await readFile(`${folder}/${name}`, 'utf8');
      const blocks = parseDocument(text);
      expect(textOf(blocks), name).not.toMatch(/[`|#]|\*\*|\]\(|^\s*(?:-|\d+\.) /m);
      expect(blocks.filter(({ kind }) => kind === 'heading').length, name).toBe(4);
      // Nothing is lost either.
      const letters = (one: string) => one.match(/\p{L}/gu)?.length ?? 0;
      expect(letters(JSON.stringify(blocks)), name).toBeGreaterThan(letters(text) * 0.98);
    }
  });

  it('keep a code block inside of a list item', () => {
    expect(
      parseDocument('1. Write:\n\n   ```\n   a,b\n   ```\n\n2. `do` **it**\n   now, see [x](x.md).\n'),
    ).toEqual([
      {
        kind: 'list',
        isOrdered: true,
        items: [
          [
            { kind: 'paragraph', content: [{ kind: 'text', text: 'Write:' }] },
            { kind: 'code', text: 'a,b' },
          ],
          [
            {
              kind: 'paragraph',
              content: [
                { kind: 'code', text: 'do' },
                { kind: 'text', text: ' ' },
                { kind: 'strong', content: [{ kind: 'text', text: 'it' }] },
                { kind: 'text', text: ' now, see ' },
                { kind: 'link', content: [{ kind: 'text', text: 'x' }], target: 'x.md' },
                { kind: 'text', text: '.' },
              ],
            },
          ],
        ],
      },
    ]);
  });

  it('take HTML for text', () => {
    expect(parseDocument('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'paragraph', content: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
    ]);
  });
});
