import type { z } from 'zod';
import type {
  Connection,
  connectionTestInput,
  IdentificationKey,
  newConnectionInput,
} from '../../../../src/contract/connections.ts';
import type { ScheduleStatus } from '../../../../src/contract/schedules.ts';
import { isSubdomain } from './read-subdomain.ts';
import { firstSchedule, readAges, type ScheduleValues, scheduleValuesOf } from './schedule-values.ts';

export type Credentials = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
};

/** What stands in the form. */
export type FormValues = {
  readonly name: string;
  readonly subdomain: string;
  readonly environment: Connection['environment'];
  readonly identificationKey: IdentificationKey;
  /** As it was typed. */
  readonly requestsPerMinute: string;
  readonly punchBasis: Connection['punchBasis'];
  readonly shiftBasis: Connection['shiftBasis'];
  /** A date, or empty. */
  readonly keyExpiresOn: string;
  readonly readRequests: boolean;
  readonly schedule: ScheduleValues;
  /** Null: those that are stored stay as they are. */
  readonly credentials: Credentials | null;
};

export const noCredentials: Credentials = { clientId: '', clientSecret: '', apiKey: '' };

/** How the form begins: with what is stored, or as Keka usually is. */
export function valuesOf(connection: Connection | null, schedule?: ScheduleStatus): FormValues {
  return {
    name: connection?.name ?? 'Keka',
    subdomain: connection?.subdomain ?? '',
    environment: connection?.environment ?? 'keka',
    identificationKey: connection?.identificationKey ?? 'employee_number',
    requestsPerMinute: String(connection?.requestsPerMinute ?? 50),
    punchBasis: connection?.punchBasis ?? 'utc',
    shiftBasis: connection?.shiftBasis ?? 'utc',
    keyExpiresOn: connection?.keyExpiresOn ?? '',
    readRequests: connection?.readRequests ?? false,
    schedule: scheduleValuesOf(schedule ?? firstSchedule),
    // Secrets that cannot be read any more have to be entered in any case.
    credentials: connection?.secrets.state === 'set' ? null : noCredentials,
  };
}

export type FieldName =
  | Exclude<keyof FormValues, 'credentials' | 'schedule'>
  | 'schedule.at'
  | 'schedule.ages'
  | `credentials.${keyof Credentials}`
  | 'credentials';

/** By field, which of the words of the form says what is wrong. */
export type Faults = Readonly<Partial<Record<FieldName, FaultName>>>;
export type FaultName =
  | 'needed'
  | 'time'
  | 'ages'
  | 'subdomainNeeded'
  | 'subdomainForm'
  | 'nameNeeded'
  | 'requests';

/** What is plainly wrong before anybody is asked. The server has the last word. */
export function checkValues(values: FormValues): Faults {
  const faults: Partial<Record<FieldName, FaultName>> = {};
  if (values.name.trim() === '') faults.name = 'nameNeeded';
  if (values.subdomain === '') faults.subdomain = 'subdomainNeeded';
  else if (!isSubdomain(values.subdomain)) faults.subdomain = 'subdomainForm';
  if (!/^(?:[1-9]\d{0,2}|1000)$/.test(values.requestsPerMinute.trim())) faults.requestsPerMinute = 'requests';
  if (!/^\d{2}:\d{2}$/.test(values.schedule.at)) faults['schedule.at'] = 'time';
  if (readAges(values.schedule) === null) faults['schedule.ages'] = 'ages';
  for (const field of ['clientId', 'clientSecret', 'apiKey'] as const) {
    if (values.credentials?.[field].trim() === '') faults[`credentials.${field}`] = 'needed';
  }
  return faults;
}

function settingsOf(values: FormValues) {
  return {
    subdomain: values.subdomain,
    environment: values.environment,
    identificationKey: values.identificationKey,
    requestsPerMinute: Number(values.requestsPerMinute),
    punchBasis: values.punchBasis,
    shiftBasis: values.shiftBasis,
    keyExpiresOn: values.keyExpiresOn === '' ? null : values.keyExpiresOn,
    readRequests: values.readRequests,
    ...(values.credentials === null ? {} : { credentials: values.credentials }),
  };
}

export function toNewConnection(values: FormValues): z.input<typeof newConnectionInput> {
  return {
    ...settingsOf(values),
    name: values.name.trim(),
    credentials: values.credentials ?? noCredentials,
  };
}

/** Secrets that were not touched are not part of it. */
export function toChange(values: FormValues) {
  return settingsOf(values);
}

/** What a test of these values asks for; of a stored connection, its own secrets where no others were entered. */
export function toDraft(
  values: FormValues,
  connection: Pick<Connection, 'id'> | null,
): z.input<typeof connectionTestInput> {
  const { keyExpiresOn: _day, readRequests: _requests, ...settings } = settingsOf(values);
  return { ...settings, ...(connection === null ? {} : { connection: connection.id }) };
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
