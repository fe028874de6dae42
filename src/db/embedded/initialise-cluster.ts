import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { superuser } from './ask-server.ts';
import { folderUnusable } from './folder-problem.ts';
import type { PostgresBinaries } from './platform-binaries.ts';
import { giveTo, type RunAs } from './run-as.ts';
import { type ProgramResult, runProgram } from './run-program.ts';

/**
 * Makes a new cluster. It is made in a folder beside the final one and renamed when it is complete, so that a crash in
 * the middle leaves nothing that a later start could take for a cluster.
 */
export async function initialiseCluster(options: {
  readonly binaries: PostgresBinaries;
  readonly clusterFolder: string;
  readonly passwordFile: string;
  readonly runAs: RunAs;
  /** False only for tests: then nothing is forced to the disk. */
  readonly durable: boolean;
}): Promise<void> {
  const { clusterFolder, runAs } = options;
  const dataFolder = dirname(clusterFolder);
  const unfinished = `${clusterFolder}.new-${randomBytes(4).toString('hex')}`;
  await mkdir(unfinished, { mode: 0o700 });
  await giveTo(runAs, unfinished);
  const run = async (locale: readonly string[]): Promise<ProgramResult> =>
    runProgram(
      options.binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${superuser}`,
        `--pwfile=${options.passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        ...locale,
        ...(options.durable ? [] : ['--no-sync']),
      ],
      { runAs, timeoutMilliseconds: 180_000 },
    );
  // Text is compared by PostgreSQL's own C.UTF-8 either way. The system's locale of that name, which some systems lack,
  // only decides what counts as a letter in text search.
  let result = await run(['--locale=C.UTF-8']);
  if (result.kind === 'exited' && result.output.includes('invalid locale name')) {
    result = await run(['--locale=C', '--builtin-locale=C.UTF-8']);
  }
  if (result.kind !== 'exited' || result.exitCode !== 0) {
    await rm(unfinished, { recursive: true, force: true });
    throw initialisationFailed(dataFolder, result);
  }
  await rename(unfinished, clusterFolder);
  if (options.durable) await syncFolder(dataFolder);
}

/** Removes what a crash left. An initdb that outlived its Hajiri may still write there: it then fails, and the rest goes the next time. */
export async function removeUnfinished(dataFolder: string): Promise<void> {
  for (const name of await readdir(dataFolder)) {
    if (!/^pg\d+\.new-/.test(name)) continue;
    await rm(join(dataFolder, name), { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function initialisationFailed(dataFolder: string, result: ProgramResult): HajiriError {
  if (
    result.kind === 'exited' &&
    /No space left on device|Check free disk space|quota exceeded/i.test(result.output)
  ) {
    return folderUnusable(dataFolder, 'the disk is full');
  }
  if (result.kind === 'exited' && result.output.includes('could not look up effective user ID')) {
    // Usual in containers that run as a bare number. The server itself would not mind.
    return new HajiriError(
      'database_unsupported',
      'PostgreSQL needs a name for the user it runs as, and this system has none for its number. Run Hajiri as a user in /etc/passwd, or set DATABASE_URL.',
    );
  }
  const reason =
    result.kind === 'not_started'
      ? result.reason
      : (/initdb: error: (.*)/.exec(result.output)?.[1] ?? `exit code ${result.exitCode ?? 'none'}`);
  return new HajiriError(
    'database_unavailable',
    `The embedded database could not be made in ${dataFolder}: ${reason}.`,
    { details: { folder: dataFolder, reason } },
  );
}
