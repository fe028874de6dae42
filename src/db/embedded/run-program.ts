import { spawn } from 'node:child_process';
import { errorCode } from '../../errors/error-code.ts';
import { type RunAs, spawnIdentity } from './run-as.ts';

export type ProgramResult =
  | { readonly kind: 'exited'; readonly exitCode: number | null; readonly output: string }
  | { readonly kind: 'not_started'; readonly reason: string };

/** Nothing of the caller's environment reaches PostgreSQL: a stray PGDATA or LD_LIBRARY_PATH would change what runs. */
export const programEnvironment: Readonly<Record<string, string>> = { PATH: '/usr/bin:/bin', LC_ALL: 'C' };

/**
 * Runs a short program to its end and keeps the last 16,000 characters of what it printed. It gets a session of its
 * own, so that Ctrl-C in the terminal of Hajiri cannot stop it half-way, and the root folder to stand in, because
 * another user may not be allowed into ours.
 */
export async function runProgram(
  file: string,
  programArguments: readonly string[],
  options: { readonly runAs: RunAs; readonly timeoutMilliseconds: number },
): Promise<ProgramResult> {
  const { promise, resolve } = Promise.withResolvers<ProgramResult>();
  try {
    const child = spawn(file, programArguments, {
      ...spawnIdentity(options.runAs),
      cwd: '/',
      env: programEnvironment,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMilliseconds,
    });
    let output = '';
    const collect = (text: string): void => {
      output = `${output}${text}`.slice(-16_000);
    };
    child.stdout.setEncoding('utf8').on('data', collect);
    child.stderr.setEncoding('utf8').on('data', collect);
    child.once('error', (error) =>
      resolve({ kind: 'not_started', reason: errorCode(error) ?? error.message }),
    );
    child.once('close', (exitCode) => resolve({ kind: 'exited', exitCode, output }));
  } catch (error) {
    // Some refusals (no right to switch the user, no memory) are thrown at once instead of emitted.
    resolve({ kind: 'not_started', reason: errorCode(error) ?? 'unknown' });
  }
  return promise;
}
