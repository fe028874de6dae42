import { readSecret } from '../config/read-secret.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import { askSecret } from './ask-secret.ts';
import type { Terminal } from './terminal.ts';

const secrets = [
  { field: 'clientId', variable: 'HAJIRI_KEKA_CLIENT_ID', label: 'Client ID' },
  { field: 'clientSecret', variable: 'HAJIRI_KEKA_CLIENT_SECRET', label: 'Client Secret' },
  { field: 'apiKey', variable: 'HAJIRI_KEKA_API_KEY', label: 'API Key' },
] as const;

type GivenCredentials = Partial<Record<(typeof secrets)[number]['field'], string>>;

/**
 * The three secrets of a Keka key: from the environment, from the files that `…_FILE` variables name, or else asked
 * for without showing what is typed. Never from arguments, which every user of the machine can read. Throws
 * InvalidInputError when one is missing and nobody can be asked.
 */
export async function readCredentials(terminal: Terminal, signal: AbortSignal): Promise<GivenCredentials> {
  const given: GivenCredentials = {};
  const faults: InputFault[] = [];
  for (const { field, variable, label } of secrets) {
    const reading = readSecret(terminal.environment, variable);
    if (reading.kind === 'given') given[field] = reading.value;
    else if (reading.kind === 'faulty') faults.push({ field: reading.field, reason: reading.reason });
    else if (terminal.isInteractive && faults.length === 0) {
      given[field] = await askSecret(terminal, label, signal);
    } else faults.push({ field: variable, reason: `is not set, and neither is ${variable}_FILE` });
  }
  if (faults.length > 0) throw new InvalidInputError(faults);
  return given;
}

/** Whether the environment names any of the three. */
export function hasCredentials(terminal: Terminal): boolean {
  return secrets.some(({ variable }) => readSecret(terminal.environment, variable).kind !== 'missing');
}
