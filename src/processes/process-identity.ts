import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from '../errors/error-code.ts';

/**
 * `birth` tells a process from a later one that got the same pid: comparable text, without meaning of its own, and
 * null where the system does not tell.
 */
export type ProcessState =
  | { readonly kind: 'gone' }
  | { readonly kind: 'alive'; readonly birth: string | null };

export async function lookUpProcess(pid: number): Promise<ProcessState> {
  if (!isSignallable(pid)) return { kind: 'gone' };
  const facts = process.platform === 'linux' ? await readProcStat(pid) : await askPs(pid);
  if (facts === undefined) return isSignallable(pid) ? { kind: 'alive', birth: null } : { kind: 'gone' };
  // A zombie has ended; only its parent has not looked yet.
  return facts.state.startsWith('Z') ? { kind: 'gone' } : { kind: 'alive', birth: facts.birth };
}

/** True when the process that had this pid and birth is still there. In doubt it is: an entry too many does less harm. */
export async function isStillRunning(known: {
  readonly pid: number;
  readonly birth: string | null;
}): Promise<boolean> {
  const found = await lookUpProcess(known.pid);
  if (found.kind === 'gone') return false;
  return known.birth === null || found.birth === null || known.birth === found.birth;
}

/** The command line of a process, or nothing where it cannot be read. */
export async function readCommandLine(pid: number): Promise<readonly string[]> {
  if (process.platform === 'linux') {
    // /proc/<pid>/cwd would say more, but root in a container without CAP_SYS_PTRACE may not read it.
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.split('\0').filter((part) => part !== '');
  }
  const line = await ps(pid, 'command=');
  return line === undefined ? [] : line.split(' ');
}

function isSignallable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

type ProcessFacts = { readonly state: string; readonly birth: string };

async function readProcStat(pid: number): Promise<ProcessFacts | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (stat === undefined) return undefined;
  // The second field is the program's name in brackets and may hold blanks and brackets itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[22 - 3]];
  if (state === undefined || startTime === undefined) return undefined;
  // The start time counts from boot, so after a reboot the same number can come again.
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return { state, birth: `${boot.trim()} ${startTime}` };
}

async function askPs(pid: number): Promise<ProcessFacts | undefined> {
  const line = await ps(pid, 'state=,lstart=');
  const match = line === undefined ? null : /^(\S+)\s+(.+)$/.exec(line);
  return match === null ? undefined : { state: match[1] ?? '', birth: match[2] ?? '' };
}

async function ps(pid: number, columns: string): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('/bin/ps', ['-ww', '-o', columns, '-p', String(pid)], {
      env: { LC_ALL: 'C', TZ: 'UTC' },
    });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
