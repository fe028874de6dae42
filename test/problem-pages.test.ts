import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problemCodes } from '../src/errors/problem-codes.ts';

const folder = fileURLToPath(new URL('../docs/problems', import.meta.url));

describe('the pages of the problem codes', () => {
  it('are one for each code, and none besides', async () => {
    const pages = (await readdir(folder)).filter((name) => name !== 'README.md').sort();
    expect(pages).toEqual(problemCodes.map((code) => `${code}.md`).sort());
  });

  it.each(problemCodes)('%s says what happened, why, and what to do', async (code) => {
    const text = await readFile(`${folder}/${code}.md`, 'utf8');
    expect(text.startsWith(`# ${code}\n`)).toBe(true);
    for (const heading of ['## What happened', '## Why', '## What to do']) {
      const part = text.split(`${heading}\n`)[1]?.split('\n## ')[0]?.trim() ?? '';
      expect(part.length, heading).toBeGreaterThan(30);
    }
  });
});
