import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isApiToken } from '../src/accounts/tokens/token-text.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const ours = ['src', 'web', 'sandbox', 'test', 'bench', 'docs', 'scripts', '.ci'];
const brought = /(?:^|\/)(?:node_modules|dist|data)(?:\/|$)/;

/** What secrets look like that programs of others find, too. */
const shapes: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[0-9A-Za-z]{36}\b/,
  /\bxox[abprs]-[0-9A-Za-z-]{20,}/,
  /\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}/,
];

describe('C94: the files of the project', () => {
  it('hold no secret', async () => {
    const found: string[] = [];
    let files = 0;
    for (const folder of ours) {
      const entries = await readdir(join(project, folder), { recursive: true, withFileTypes: true });
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        if (!entry.isFile() || brought.test(path.slice(project.length))) continue;
        files += 1;
        const text = await readFile(path, 'latin1');
        if (shapes.some((shape) => shape.test(text))) found.push(path.slice(project.length));
        for (const [token] of text.matchAll(/hjr_[0-9A-Za-z]{49}/g)) {
          if (isApiToken(token)) found.push(path.slice(project.length));
        }
      }
    }
    expect(files).toBeGreaterThan(300);
    expect(found).toEqual([]);
  });
});
