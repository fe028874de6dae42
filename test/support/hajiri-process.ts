import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
/** The same with a clock on which no wait takes time. */
export const mainOnFakeClock = fileURLToPath(new URL('./main-on-fake-clock.ts', import.meta.url));

/** Half of the time of a short command is reading its own sources; tests start a few hundred of them. */
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/hajiri-tests', import.meta.url));

export type Ended = {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly told: string;
};

export type HajiriProcess = {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  readonly isOver: () => boolean;
  /** Standard output and error so far. */
  readonly out: () => string;
  readonly told: () => string;
  /** Resolves when it has said so on either stream; rejects when it ends without. */
  said(text: string): Promise<void>;
  /** Calls back for each piece of standard error, as it comes. */
  onTold(listener: (piece: string) => void): void;
  /** Closes the reading end of its standard output, as `head` does when it has enough. */
  stopReading(): void;
  /** SIGINT goes to the whole process group, as Ctrl-C in a terminal does; others to the process alone. */
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
};

/** Starts the command line as a process, with this environment and nothing else. */
export function startHajiri(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
  program: string = main,
): HajiriProcess {
  const child = spawn(process.execPath, [program, ...argv], {
    env: { NODE_COMPILE_CACHE: compileCache, ...environment },
    // A process group of its own, as a shell gives to what is typed into it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('hajiri did not start');
  const said = { out: '', told: '' };
  const waiting = new Set<() => void>();
  const hear = (stream: 'out' | 'told') => (piece: string) => {
    said[stream] += piece;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', hear('out'));
  child.stderr.setEncoding('utf8').on('data', hear('told'));
  let isOver = false;
  const { promise: ended, resolve } = Promise.withResolvers<Ended>();
  // "close" comes when nobody holds its output any more, whatever it started included.
  child.once('close', (exitCode) => {
    isOver = true;
    for (const look of waiting) look();
    resolve({ exitCode, ...said });
  });
  return {
    pid,
    ended,
    isOver: () => isOver,
    out: () => said.out,
    told: () => said.told,
    said(text) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => {
        if (said.out.includes(text) || said.told.includes(text)) resolve();
        else if (isOver) reject(new Error(`it ended without "${text}":\n${said.out}${said.told}`));
        else return;
        waiting.delete(look);
      };
      waiting.add(look);
      look();
      return promise;
    },
    onTold: (listener) => void child.stderr.on('data', listener),
    stopReading: () => void child.stdout.destroy(),
    signal(name) {
      // Once it is over, the pid may be another's.
      if (!isOver) process.kill(name === 'SIGINT' ? -pid : pid, name);
    },
  };
}
