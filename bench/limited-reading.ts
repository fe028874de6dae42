import { startSandbox } from '../sandbox/start-sandbox.ts';
import { createKekaClient } from '../src/keka/keka-client.ts';
import { createKekaHosts } from '../src/keka/keka-hosts.ts';
import { createRequestBudget } from '../src/keka/request-budget.ts';
import { parseSubdomain } from '../src/keka/subdomain.ts';
import { advanceWhenQuiet } from '../test/support/advance-when-quiet.ts';
import { FakeClock } from '../test/support/fake-clock.ts';
import { benchKey, benchSubdomain } from './serve-company.ts';

const perMinute = 50;
const start = '2026-03-12T05:30:00Z';

export type LimitedReading = {
  readonly window: 'fixed' | 'sliding';
  readonly requests: number;
  readonly minutes: number;
  /** Requests sent, of those that Keka would have allowed in that time. */
  readonly use: number;
  readonly refusals: number;
};

/** Reads `people` records under Keka's limit, in simulated time, against both ways in which Keka may count. */
export async function measureLimitedReading(people: number): Promise<readonly LimitedReading[]> {
  const readings: LimitedReading[] = [];
  for (const window of ['fixed', 'sliding'] as const) readings.push(await readLimited(people, window));
  return readings;
}

async function readLimited(people: number, window: 'fixed' | 'sliding'): Promise<LimitedReading> {
  const clock = new FakeClock(start);
  const sandbox = await startSandbox({
    scenario: {
      tenant: {
        subdomain: benchSubdomain,
        zone: 'Asia/Kolkata',
        keys: [{ name: 'bench', ...benchKey, privileges: ['attendance'] }],
        rateLimit: { requests: perMinute, seconds: 60, window },
      },
      generate: { seed: 1, people, days: 1 },
    },
    clock,
  });
  const subdomain = parseSubdomain(benchSubdomain);
  if (!subdomain.ok) throw new Error(subdomain.reason);
  const client = createKekaClient({
    subdomain: subdomain.subdomain,
    environment: 'keka',
    credentials: benchKey,
    hosts: createKekaHosts({ loginUrl: sandbox.loginOrigin, tenantUrl: sandbox.tenantOrigin('{subdomain}') }),
    budget: createRequestBudget({ requestsPerMinute: perMinute, clock }),
    clock,
  });
  const yesterday = sandbox.control.today().subtract({ days: 1 });
  const read = async (): Promise<void> => {
    for await (const page of client.readAttendance({ from: yesterday, to: yesterday })) void page;
  };
  // Time passes only while all that was sent has been answered: an exchange over a real connection takes none of it.
  await advanceWhenQuiet(clock, read(), () => {
    const answered = sandbox.control
      .requests()
      .filter(({ host, status }) => host === 'tenant' && status !== null);
    return answered.length === client.usage().requests && clock.sleeping > 0;
  });
  const { requests, rateLimited } = client.usage();
  const minutes = Temporal.Instant.from(start).until(clock.now()).total('minutes');
  await client.close();
  await sandbox.close();
  // A full minute's worth may be sent at once when the reading begins.
  return { window, requests, minutes, use: requests / (perMinute * (minutes + 1)), refusals: rateLimited };
}
