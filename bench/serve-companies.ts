import { startSandbox } from '../sandbox/start-sandbox.ts';
import { systemClock } from '../src/clock/clock.ts';
import { benchKey } from './serve-company.ts';

// A process of its own: as many companies as the first argument says, each of as many people as the second one, each answer
// after as many milliseconds as the third one. Prints its address as one line of JSON, and at the end of its input one more,
// with the most requests that any company had in any minute.

export const companyName = (number: number): string => `company-${number}`;
export const companyGeneration = (people: number) => ({ seed: 1, people, days: 1 });

if (import.meta.main) {
  const [companies, people, delayMilliseconds] = process.argv.slice(2).map(Number);
  const sandbox = await startSandbox({
    scenario: {
      tenant: {
        subdomain: Array.from({ length: companies ?? 1 }, (_, index) => companyName(index + 1)),
        zone: 'Asia/Kolkata',
        keys: [{ name: 'bench', ...benchKey, privileges: ['attendance', 'employees'] }],
        rateLimit: { requests: null },
      },
      generate: companyGeneration(people ?? 1),
      faults: [{ name: 'slow', delayMilliseconds: delayMilliseconds ?? 0, answer: { kind: 'normal' } }],
    },
    clock: systemClock,
  });
  const today = sandbox.control.today().toString();
  process.stdout.write(
    `${JSON.stringify({ loginUrl: sandbox.loginOrigin, tenantUrl: sandbox.tenantOrigin('{subdomain}'), today })}\n`,
  );
  process.stdin.resume();
  process.stdin.once('end', () => {
    const byCompany = Map.groupBy(
      sandbox.control.requests().filter(({ subdomain }) => subdomain !== null),
      ({ subdomain }) => subdomain,
    );
    const busiest = [...byCompany.values()].map((requests) =>
      busiestMinute(requests.map(({ at }) => Date.parse(at))),
    );
    process.stdout.write(`${JSON.stringify({ busiestMinute: Math.max(0, ...busiest) })}\n`);
    void sandbox.close();
  });
}

function busiestMinute(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  for (const [index, time] of times.entries()) {
    while (time - (times[start] ?? time) >= 60_000) start += 1;
    most = Math.max(most, index - start + 1);
  }
  return most;
}
