import { systemClock } from '../clock/clock.ts';
import { HajiriError } from '../errors/hajiri-error.ts';
import { keepHeapSmall } from '../processes/heap-growth.ts';
import { runProgram } from './program.ts';
import { createTerminal } from './terminal.ts';

keepHeapSmall();

// The first Ctrl-C or SIGTERM asks to stop; a run then ends as interrupted. The second one does not ask.
const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort(new HajiriError('interrupted', 'Stopped on request.'));
  });
}
// Output into a pipe that was closed (`hajiri report … | head`) is no failure: the command goes on without, so that it
// gives the database back at its end.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), {
  terminal: createTerminal(process),
  clock: systemClock,
  signal: stopping.signal,
});
