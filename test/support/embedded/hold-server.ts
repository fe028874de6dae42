/**
 * A stand-in for a Hajiri process, for tests that need several or kill one: opens the embedded server with the options
 * given as JSON, tells what happens as lines of JSON, and closes when its standard input ends.
 */
import { once } from 'node:events';
import { z } from 'zod';
import { systemClock } from '../../../src/clock/clock.ts';
import { openEmbeddedServer } from '../../../src/db/embedded/embedded-server.ts';
import { HajiriError } from '../../../src/errors/hajiri-error.ts';

const options = z
  .object({
    dataFolder: z.string(),
    claim: z.enum(['exclusive', 'shared']),
    settings: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const tell = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

process.on('SIGINT', () => tell({ event: 'interrupted' }));
try {
  const server = await openEmbeddedServer({ ...options, clock: systemClock });
  tell({ event: 'opened', serverPid: server.serverPid });
  await once(process.stdin.resume(), 'end');
  await server.close();
  tell({ event: 'closed' });
} catch (error) {
  tell({
    event: 'failed',
    code: error instanceof HajiriError ? error.code : 'other',
    message: String(error),
  });
}
