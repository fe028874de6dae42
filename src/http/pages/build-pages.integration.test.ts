import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findOrBuildPages } from './build-pages.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

describe('building the pages', () => {
  let folder: string;
  let announced: number;

  /** A project with the real way of building, and very little to build. */
  beforeEach(async () => {
    announced = 0;
    folder = await mkdtemp(join(tmpdir(), 'hajiri-pages-'));
    for (const name of ['web/src', 'web/public', 'src/contract', 'docs/problems']) {
      await mkdir(join(folder, name), { recursive: true });
    }
    await cp(join(project, 'web/vite.config.ts'), join(folder, 'web/vite.config.ts'));
    await symlink(join(project, 'node_modules'), join(folder, 'node_modules'));
    await write('package-lock.json', '{}');
    await write('web/index.html', '<!doctype html><script type="module" src="/src/main.ts"></script>');
    await write('web/src/main.ts', 'document.title = "one";');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  const build = (signal = new AbortController().signal) =>
    findOrBuildPages({ projectFolder: folder, signal, onBuild: () => (announced += 1) });
  const built = () => readdir(join(folder, 'web/dist'));
  async function scriptIn(pages: string): Promise<string> {
    const script = (await readdir(join(pages, 'assets'))).find((name) => name.endsWith('.js'));
    return readFile(join(pages, 'assets', script ?? 'none'), 'utf8');
  }

  it('happens once for the same sources, and is announced', async () => {
    const first = await build();
    expect(await scriptIn(first)).toContain('one');
    await write('web/src/main.test.ts', 'what tests say changes no page');
    expect(await build()).toBe(first);
    expect(announced).toBe(1);
    expect(await built()).toEqual([first.split('/').at(-1)]);
  });

  it('happens again when a source changes, and keeps the pages that may still be served', async () => {
    const first = await build();
    await write('web/src/main.ts', 'document.title = "two";');
    const second = await build();
    await write('docs/problems/a.md', '# a');
    const third = await build();
    expect(new Set([first, second, third]).size).toBe(3);
    expect(await scriptIn(second)).toContain('two');
    expect(new Set(await built())).toEqual(new Set([second, third].map((path) => path.split('/').at(-1))));
  });

  it('may happen twice at once', async () => {
    const [one, other] = await Promise.all([build(), build()]);
    expect(one).toBe(other);
    expect(await built()).toHaveLength(1);
  });

  it('tells what is wrong in the sources, and where, and leaves nothing behind', async () => {
    await write('web/src/main.ts', 'document.title = "one";\nimport "./missing.ts";');
    await expect(build()).rejects.toMatchObject({
      code: 'pages_not_built',
      message: expect.stringMatching(/Could not resolve '\.\/missing\.ts'.*web\/src\/main\.ts:2:8/),
    });
    expect(await built()).toEqual([]);
  });

  it('tells when it may not write', async () => {
    await write('web/dist', 'a file where a folder should be');
    await expect(build()).rejects.toMatchObject({
      code: 'pages_not_built',
      message: 'The pages for the browser could not be built (EEXIST at web/dist).',
    });
  });

  it('ends with the signal', async () => {
    const stopping = new AbortController();
    const building = build(stopping.signal);
    stopping.abort(new Error('stopped'));
    await expect(building).rejects.toThrow('stopped');
  });
});
