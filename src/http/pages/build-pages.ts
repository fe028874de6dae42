import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { errorCode } from '../../errors/error-code.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { hashPageSources } from './hash-page-sources.ts';

export type PagesRequest = {
  readonly projectFolder: string;
  readonly signal: AbortSignal;
  /** Called when it will take some seconds. */
  readonly onBuild: () => void;
};

/**
 * The folder with the pages of these sources, built when there is none yet. The name of the folder is the hash of the
 * sources, and it appears by a rename: what is there is whole, whoever else builds. Throws `pages_not_built`.
 */
export async function findOrBuildPages(request: PagesRequest): Promise<string> {
  const home = join(request.projectFolder, 'web', 'dist');
  try {
    const wanted = join(home, await hashPageSources(request.projectFolder));
    if (await isFolder(wanted)) return wanted;
    request.onBuild();
    await build(request, wanted);
    await removeFormer(home, wanted);
    return wanted;
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof HajiriError) throw error;
    throw notBuilt(`${errorCode(error) ?? 'an unknown failure'} at web/dist`, error);
  }
}

async function build({ projectFolder, signal }: PagesRequest, wanted: string): Promise<void> {
  const scratch = await makeScratchFolder(join(projectFolder, 'web'));
  try {
    const output = join(scratch, 'pages');
    await runVite(projectFolder, output, signal);
    await moveInto(output, wanted);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Beside its later place, so that a rename will do. */
async function makeScratchFolder(webFolder: string): Promise<string> {
  await mkdir(join(webFolder, 'dist'), { recursive: true });
  return mkdtemp(join(webFolder, 'dist', '.building-'));
}

/** A process of its own: what the build needs of memory is given back, and a broken one cannot take the server along. */
async function runVite(projectFolder: string, output: string, signal: AbortSignal): Promise<void> {
  const program = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [program, 'build', 'web', '--configLoader', 'native', '--outDir', output, '--logLevel', 'warn'],
    { cwd: projectFolder, signal, stdio: ['ignore', 'ignore', 'pipe'], env: environmentOfBuild() },
  );
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    told = (told + piece).slice(0, 4000);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  if ((await promise) !== 0) throw notBuilt(reasonIn(told));
}

/** Nothing of the installation's settings: they hold secrets, and a build must not depend on them. */
function environmentOfBuild(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, TMPDIR, NODE_ENV: 'production' };
}

/** Somebody else may have been quicker: theirs is the same. */
async function moveInto(output: string, wanted: string): Promise<void> {
  try {
    await rename(output, wanted);
  } catch (error) {
    if (!(await isFolder(wanted))) throw error;
  }
}

/** Keeps the last ones before these: another process may still serve them. */
async function removeFormer(home: string, current: string): Promise<void> {
  const names = (await readdir(home)).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const folders = await Promise.all(
    names.map(async (name) => ({ path: join(home, name), madeAt: (await stat(join(home, name))).mtimeMs })),
  );
  const former = folders.filter(({ path }) => path !== current).toSorted((a, b) => b.madeAt - a.madeAt);
  for (const { path } of former.slice(1)) await rm(path, { recursive: true, force: true });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function notBuilt(reason: string, cause?: unknown): HajiriError {
  return new HajiriError('pages_not_built', `The pages for the browser could not be built (${reason}).`, {
    cause,
  });
}

/** The first line that says something, and where in the sources it happened. */
function reasonIn(text: string): string {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim());
  const telling = lines.find((line) => line !== '' && !/^error during build:|Build failed/.test(line));
  const place = /(?:web|src)\/[\w./-]+:\d+:\d+/.exec(lines.join(' '))?.[0];
  return [telling?.slice(0, 300) ?? 'vite ended without a reason', place]
    .filter((part) => part !== undefined)
    .join(', at ');
}
