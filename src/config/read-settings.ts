import { HajiriError, type InputFault } from '../errors/hajiri-error.ts';
import { readSecret } from './read-secret.ts';
import { type Settings, secretSettings, settingsSchema } from './settings.ts';

/** All faults of the configuration at once: nobody should have to start five times to find five of them. */
export class ConfigurationError extends HajiriError<'configuration_invalid'> {
  override readonly name = 'ConfigurationError';
  readonly faults: readonly InputFault[];

  constructor(faults: readonly InputFault[]) {
    super(
      'configuration_invalid',
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}: ${faults
        .map(({ field, reason }) => `${field} ${reason}`)
        .join('; ')}.`,
    );
    this.faults = faults;
  }
}

/**
 * Reads the settings from the environment. Values never appear in a fault, only names and reasons: a secret that
 * was put into the wrong variable stays secret. Throws ConfigurationError.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const faults: InputFault[] = [];
  const values: Record<string, string | undefined> = { ...environment };
  for (const name of secretSettings) {
    const reading = readSecret(environment, name);
    if (reading.kind === 'faulty') faults.push({ field: reading.field, reason: reading.reason });
    values[name] = reading.kind === 'given' ? reading.value : undefined;
  }
  const parsed = settingsSchema.safeParse(values);
  if (parsed.success && faults.length === 0) return parsed.data;
  faults.push(
    ...(parsed.error?.issues ?? []).map((issue) => ({ field: issue.path.join('.'), reason: issue.message })),
    ...unknownNames(environment),
  );
  throw new ConfigurationError(faults);
}

/** A misspelt name is silently nothing; it is told as soon as there is another fault, and by `hajiri doctor`. */
export function unknownNames(environment: NodeJS.ProcessEnv): readonly InputFault[] {
  const known = new Set<string>([...Object.keys(settingsSchema.shape), ...otherNames]);
  for (const name of secretSettings) known.add(`${name}_FILE`);
  return Object.keys(environment)
    .filter((name) => name.startsWith('HAJIRI_') && !known.has(name))
    .map((field) => ({ field, reason: 'is not a setting of Hajiri; check the spelling' }));
}

/** Read by single commands, not by the installation. */
const otherNames = ['CLIENT_ID', 'CLIENT_SECRET', 'API_KEY'].flatMap((name) => [
  `HAJIRI_KEKA_${name}`,
  `HAJIRI_KEKA_${name}_FILE`,
]);
