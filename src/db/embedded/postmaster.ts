import { readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../../clock/clock.ts';
import { errorCode } from '../../errors/error-code.ts';
import { lookUpProcess, readCommandLine } from '../../processes/process-identity.ts';
import { serverUnresponsive } from './server-problem.ts';

/** What the server wrote about itself into its cluster folder. A crash leaves the file behind, so it proves nothing. */
export type PostmasterNote = {
  readonly pid: number;
  readonly socketFolder: string | undefined;
  /** It takes connections: it has started, and recovered where it had to. */
  readonly isReady: boolean;
};

export async function readPostmasterNote(clusterFolder: string): Promise<PostmasterNote | undefined> {
  const text = await readFile(join(clusterFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  // The file is written in steps; and a single-user server notes its pid as a negative number.
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const socketFolder = lines[4] === '' ? undefined : lines[4];
  return { pid, socketFolder, isReady: lines[7]?.trim() === 'ready' };
}

/**
 * True when the process is the server of this cluster, judged by its command line: after a crash and a reboot the noted
 * pid may belong to any program, and that must be neither signalled nor waited for.
 */
export async function isPostmasterOf(pid: number, clusterFolder: string): Promise<boolean> {
  if ((await lookUpProcess(pid)).kind === 'gone') return false;
  const [program, ...programArguments] = await readCommandLine(pid);
  if (program === undefined || !['postgres', 'postmaster'].includes(basename(program))) return false;
  for (const argument of programArguments) {
    if (argument.startsWith('/') && (await isSameFolder(argument, clusterFolder))) return true;
  }
  return false;
}

export async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all(
    [one, other].map(async (path) => realpath(path).catch(() => path)),
  );
  return first === second;
}

/**
 * Stops the server: first with the signal for a fast stop (clients are cut off, everything is written), then, when that
 * does not end it in time, with the one for an immediate stop (the next start recovers). These are the signals that
 * `pg_ctl stop` sends; it is not used because it trusts the pid in the file, which may have become another program's.
 */
export async function stopPostmaster(options: {
  readonly pid: number;
  readonly clusterFolder: string;
  readonly logFile: string;
  readonly clock: Clock;
  readonly fastPatience: Temporal.Duration;
  readonly immediatePatience: Temporal.Duration;
}): Promise<void> {
  const steps = [
    { signal: 'SIGINT', patience: options.fastPatience },
    { signal: 'SIGQUIT', patience: options.immediatePatience },
  ] as const;
  for (const { signal, patience } of steps) {
    if (!(await isPostmasterOf(options.pid, options.clusterFolder))) return;
    signalProcess(options.pid, signal);
    const deadline = options.clock.now().add(patience);
    while (Temporal.Instant.compare(options.clock.now(), deadline) < 0) {
      if ((await lookUpProcess(options.pid)).kind === 'gone') return;
      await options.clock.sleep(20);
    }
  }
  throw serverUnresponsive(
    options.logFile,
    options.pid,
    ' and cannot be stopped. End that process, then start again.',
  );
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It ended between the check and the signal.
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
