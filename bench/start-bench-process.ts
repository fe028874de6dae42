import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A script of this folder as a process that tells its results as lines of JSON. */
export type BenchProcess = {
  /** Rejects when the process ends before it has told one more. */
  nextLine(): Promise<unknown>;
  endInput(): void;
  terminate(): void;
  kill(): void;
  readonly ended: Promise<void>;
};

export function startBenchProcess(
  script: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): BenchProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    env: environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  const ended = once(child, 'exit').then(() => {});
  return {
    async nextLine() {
      const { done, value } = await lines.next();
      if (done === true) throw new Error(`${script} ended without a result`);
      return JSON.parse(value) as unknown;
    },
    endInput: () => void child.stdin.end(),
    terminate: () => void (isOver() || child.kill('SIGTERM')),
    kill: () => void (isOver() || child.kill('SIGKILL')),
    ended,
  };
}
