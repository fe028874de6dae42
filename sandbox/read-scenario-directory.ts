import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../src/clock/clock.ts';
import { generateCompany } from './generate/generate-company.ts';
import { generateDirectory, writeDirectoryCsv } from './generate/generate-directory.ts';
import { createScenarioClock } from './sandbox-state.ts';
import { loadScenario } from './scenario/load-scenario.ts';

/**
 * The CSV that a directory import would use with this scenario: the folder's own `directory.csv`, else one that is
 * made from `generate.json`, else null.
 */
export async function readScenarioDirectory(folder: string, clock: Clock): Promise<string | null> {
  const scenario = await loadScenario(folder);
  const written = await readFile(join(folder, 'directory.csv'), 'utf8').catch(() => null);
  if (written !== null || scenario.generate === null) return written;
  const today = createScenarioClock(scenario, clock).today();
  const company = generateCompany({ ...scenario.generate, today, zone: scenario.tenant.zone });
  return writeDirectoryCsv(generateDirectory(company));
}
