import { startSandbox } from '../sandbox/start-sandbox.ts';
import { systemClock } from '../src/clock/clock.ts';

// A process of its own, so that the sandbox's work is not counted as the product's: prints its address as one line of
// JSON and serves a company of as many people as the argument says, without a rate limit, until its input ends.

export const benchKey = { clientId: 'bench-client', clientSecret: 'bench-secret', apiKey: 'bench-key' };
export const benchSubdomain = 'bench';
export const benchGeneration = (people: number) => ({ seed: 1, people, days: 1 });

if (import.meta.main) {
  const people = Number(process.argv[2]);
  const sandbox = await startSandbox({
    scenario: {
      tenant: {
        subdomain: benchSubdomain,
        zone: 'Asia/Kolkata',
        keys: [{ name: 'bench', ...benchKey, privileges: ['attendance', 'employees'] }],
        rateLimit: { requests: null },
      },
      generate: benchGeneration(people),
    },
    clock: systemClock,
  });
  process.stdout.write(
    `${JSON.stringify({
      loginUrl: sandbox.loginOrigin,
      tenantUrl: sandbox.tenantOrigin('{subdomain}'),
      yesterday: sandbox.control.today().subtract({ days: 1 }).toString(),
    })}\n`,
  );
  process.stdin.resume();
  process.stdin.once('end', () => void sandbox.close());
}
