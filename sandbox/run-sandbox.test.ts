import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../test/support/fake-clock.ts';
import { readScenarioDirectory } from './read-scenario-directory.ts';
import { runSandbox } from './run-sandbox.ts';

const scenarioFolder = join(import.meta.dirname, 'scenarios', 'demo');
const clock = new FakeClock('2026-03-12T05:30:00Z');

describe('runSandbox', () => {
  it('writes the addresses and the credentials that a person has to enter', async () => {
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const sandbox = await runSandbox({ scenarioFolder, port: 0, clock, write });
    onTestFinished(() => sandbox.close());
    expect(lines).toEqual(
      expect.arrayContaining([
        `HAJIRI_KEKA_LOGIN_URL=${sandbox.origin}/login`,
        `HAJIRI_KEKA_TENANT_URL=${sandbox.origin}/tenant/{subdomain}`,
        'Subdomain:     sandalwood',
        'Client ID:     3f2b7c1e-demo-client',
        'API Key:       c2FuZGJveCtkZW1v/a2V5+Zm9y==',
      ]),
    );
    expect(lines.join('\n')).toContain('240 employees');
  });
});

describe('readScenarioDirectory', () => {
  it('makes a directory for a generated company', async () => {
    const csv = await readScenarioDirectory(scenarioFolder, clock);
    expect(csv?.split('\r\n')).toHaveLength(1 + 237 + 1); // a header, all but three people, the end
    expect(csv).toContain('SW0001,');
  });

  it('prefers a written directory, and has none for a folder with neither', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hajiri-directory-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const tenant = {
      subdomain: 'acme',
      keys: [{ name: 'main', clientId: 'a', clientSecret: 'b', apiKey: 'c' }],
    };
    await writeFile(join(folder, 'tenant.json'), JSON.stringify(tenant));
    expect(await readScenarioDirectory(folder, clock)).toBeNull();
    await writeFile(join(folder, 'directory.csv'), 'employee_id\r\nE1\r\n');
    expect(await readScenarioDirectory(folder, clock)).toBe('employee_id\r\nE1\r\n');
  });
});
