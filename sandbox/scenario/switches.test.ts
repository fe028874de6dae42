import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultRateLimit, defaultSwitches, mergeChanges } from './switches.ts';

const page = await readFile(join(import.meta.dirname, '../../docs/sandbox.md'), 'utf8');

/** Names and bold defaults of the table under a heading or sentence. */
function documented(after: string): Record<string, string> {
  const table = page.slice(page.indexOf(after)).split('\n\n|')[1]?.split('\n\n')[0] ?? '';
  const rows = [...table.matchAll(/^\| `(\w+)` \| [^|]*?\*\*`([^`]+)`\*\*/gmu)];
  return Object.fromEntries(rows.map(([, name = '', value = '']) => [name, value]));
}

describe('the page on the sandbox', () => {
  it('names every switch with its default', () => {
    const asText = Object.entries(defaultSwitches).map(([name, value]) => [name, String(value)]);
    expect(documented('## Switches')).toEqual(Object.fromEntries(asText));
  });

  it('names every member of the request budget with its default', () => {
    const asText = Object.entries(defaultRateLimit).map(([name, value]) => [name, String(value)]);
    expect(documented('The request budget')).toEqual(Object.fromEntries(asText));
  });
});

describe('mergeChanges', () => {
  it('changes what is given and nothing that is undefined', () => {
    const merged = mergeChanges({ a: 1, b: 2, c: 3 }, { a: 9, b: undefined });
    expect(merged).toEqual({ a: 9, b: 2, c: 3 });
  });
});
