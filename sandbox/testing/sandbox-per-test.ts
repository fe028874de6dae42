import { afterEach } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { Scenario } from '../scenario/parse-scenario.ts';
import { type Sandbox, startSandbox } from '../start-sandbox.ts';
import { smallScenarioStart } from './small-scenario.ts';

export type OpenSandbox = (scenario: Scenario | { folder: string }, clock?: FakeClock) => Promise<Sandbox>;

/** Starts sandboxes on free ports with a clock that stands still, and closes them after each test. */
export function sandboxPerTest(): OpenSandbox {
  const open: Sandbox[] = [];
  afterEach(async () => {
    for (const sandbox of open.splice(0)) await sandbox.close();
  });
  return async (scenario, clock = new FakeClock(smallScenarioStart)) => {
    const sandbox = await startSandbox({ scenario, clock });
    open.push(sandbox);
    return sandbox;
  };
}
