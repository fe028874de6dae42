import { runProgram } from '../../src/cli/program.ts';
import { createTerminal } from '../../src/cli/terminal.ts';
import { systemClock } from '../../src/clock/clock.ts';
import { FakeClock } from './fake-clock.ts';

// The command line as src/cli/main.ts starts it, with a clock that moves on by itself: a minute's wait is over at once.

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: createTerminal(process),
  clock: new FakeClock(systemClock.now().toString(), { autoAdvance: true }),
  signal: new AbortController().signal,
});
