import { createTerminal, exitCodes, tellError } from '../src/cli/terminal.ts';
import { InvalidInputError } from '../src/errors/hajiri-error.ts';

// `./hajiri bench NAME …`: each bench is a module of its own, loaded only when it is asked for. It returns the exit code.

const benches = {
  crash: () => import('./crash.ts'),
  directory: () => import('./directory.ts'),
  fetch: () => import('./fetch.ts'),
  mornings: () => import('./mornings.ts'),
  'sign-in': () => import('./sign-in.ts'),
  web: () => import('./web.ts'),
} as const;

type BenchName = keyof typeof benches;

function isBenchName(name: string | undefined): name is BenchName {
  return name !== undefined && Object.hasOwn(benches, name);
}

// The first Ctrl-C or SIGTERM lets a bench clean up after itself; the second one does not ask.
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (stopping.signal.aborted) process.exit(exitCodes.interrupted);
    stopping.abort();
  });
}

const terminal = createTerminal(process);
const [name, ...args] = process.argv.slice(2);
try {
  if (!isBenchName(name)) {
    const known = Object.keys(benches).join(', ');
    throw new InvalidInputError([{ field: 'bench', reason: `must be one of: ${known}` }]);
  }
  const bench = await benches[name]();
  process.exitCode = await bench.run(args, terminal, stopping.signal);
} catch (error) {
  process.exitCode = stopping.signal.aborted
    ? exitCodes.interrupted
    : tellError(terminal, error, args.includes('--json'));
}
