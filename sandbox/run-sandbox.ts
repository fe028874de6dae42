import type { Clock } from '../src/clock/clock.ts';
import { loadScenario } from './scenario/load-scenario.ts';
import { type Sandbox, startSandbox } from './start-sandbox.ts';

/**
 * Starts the sandbox for a person at a terminal and writes what must be set to use it. It goes on until the caller
 * closes it.
 */
export async function runSandbox(options: {
  readonly scenarioFolder: string;
  readonly port: number;
  readonly clock: Clock;
  /** Writes one line. */
  readonly write: (line: string) => void;
}): Promise<Sandbox> {
  const { scenarioFolder, port, clock, write } = options;
  const { tenant } = await loadScenario(scenarioFolder);
  const sandbox = await startSandbox({ scenario: { folder: scenarioFolder }, port, clock });
  const { now, today, employees, attendance } = sandbox.control.describe();
  const lines = [
    `The sandbox stands in for Keka at ${sandbox.origin} (scenario ${scenarioFolder}).`,
    `It is ${now} there, ${today} in the company's zone; ${employees} employees, ${attendance} attendance records.`,
    '',
    'Set for Hajiri:',
    `HAJIRI_KEKA_LOGIN_URL=${sandbox.loginOrigin}`,
    `HAJIRI_KEKA_TENANT_URL=${sandbox.tenantOrigin('{subdomain}')}`,
    '',
    `Subdomain:     ${tenant.subdomain.join(', ')}`,
    ...tenant.keys.flatMap((key) => [
      '',
      `Key "${key.name}", which may read ${key.privileges.join(', ') || 'nothing'}:`,
      `Client ID:     ${key.clientId}`,
      `Client Secret: ${key.clientSecret}`,
      `API Key:       ${key.apiKey}`,
    ]),
    '',
    `Steer it at ${sandbox.origin}/__sandbox/ (docs/sandbox.md).`,
  ];
  for (const line of lines) write(line);
  return sandbox;
}
