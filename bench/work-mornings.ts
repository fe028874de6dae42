import { Client } from 'pg';
import { z } from 'zod';
import { systemClock } from '../src/clock/clock.ts';
import { readSettings } from '../src/config/read-settings.ts';
import { openInstallation } from '../src/installation.ts';
import { createLog } from '../src/log/log.ts';
import { startWorker } from '../src/worker/start-worker.ts';

// One worker process, as `hajiri serve --role worker` has it, which counts what it costs. Prints a line when it works, and
// after SIGTERM its processor seconds and the statements that it sent, as one line of JSON.

export const workerCost = z.object({ cpuSeconds: z.number(), statements: z.number() });

if (import.meta.main) {
  let statements = 0;
  const query: unknown = Object.getOwnPropertyDescriptor(Client.prototype, 'query')?.value;
  if (typeof query !== 'function') throw new Error('pg has another shape');
  Object.defineProperty(Client.prototype, 'query', {
    value(this: unknown, ...args: unknown[]): unknown {
      statements += 1;
      return Reflect.apply(query, this, args);
    },
  });
  const installation = await openInstallation({
    settings: readSettings(process.env),
    clock: systemClock,
    log: createLog('error'),
    claim: 'shared',
  });
  const worker = startWorker(installation);
  const before = process.cpuUsage();
  statements = 0;
  process.stdout.write('{"works":true}\n');
  process.once('SIGTERM', () => {
    const { user, system } = process.cpuUsage(before);
    const line = `${JSON.stringify({ cpuSeconds: (user + system) / 1e6, statements })}\n`;
    void worker
      .stop()
      .then(() => installation.close())
      .then(() => process.stdout.write(line));
  });
}
