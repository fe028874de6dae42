import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('shares nothing with Hajiri but the clock and the errors', async () => {
  const strangers: string[] = [];
  for await (const file of glob('**/*.ts', { cwd: import.meta.dirname })) {
    const text = await readFile(join(import.meta.dirname, file), 'utf8');
    for (const [, source = ''] of text.matchAll(/from '([^']*\/src\/[^']*)'/gu)) {
      if (!/^(?:\.\.\/)+src\/(?:clock|errors)\/[a-z-]+\.ts$/u.test(source))
        strangers.push(`${file}: ${source}`);
    }
  }
  // A client and a sandbox that read the contract through the same code would make the same mistakes.
  expect(strangers).toEqual([]);
});
