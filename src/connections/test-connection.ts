import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { previousLocalDay } from '../attendance/local-time.ts';
import { toMatchKey } from '../attendance/match-key.ts';
import { sourceMatchKey } from '../directory/link-people.ts';
import { HajiriError, isHajiriError } from '../errors/hajiri-error.ts';
import { problemPage } from '../errors/problem-codes.ts';
import { parseAttendanceRecord } from '../keka/attendance-record.ts';
import { type EmployeeRecord, parseEmployeeRecord } from '../keka/employee-record.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import type { Connection } from './connections.ts';

export type TestStep = {
  readonly name: 'sign_in' | 'attendance' | 'employees' | 'matching';
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'warned' | 'skipped';
  readonly message: string;
  readonly code: string | null;
  readonly whatToDo: string | null;
  readonly page: string | null;
};

/** `passed` means that attendance can be fetched; employees and matching only warn. */
export type ConnectionTest = {
  readonly passed: boolean;
  readonly host: string;
  readonly steps: readonly TestStep[];
};

const patienceMilliseconds = 15_000;
const samplePageSize = 200;

export type TestOptions = {
  readonly connection: Pick<Connection, 'subdomain' | 'environment' | 'identificationKey'>;
  readonly client: KekaClient;
  readonly signal: AbortSignal;
};

/**
 * Tries what a run will do, in its order, with one small request each; nothing is stored. It asks the attendance
 * list itself: a key may well read employees and not attendance. A step that fails says what to do.
 */
export async function testConnection(
  context: OrganisationContext,
  options: TestOptions,
): Promise<ConnectionTest> {
  const steps: TestStep[] = [];
  const trying = tryStepByStep(context, options);
  for (;;) {
    const next = await trying.next();
    if (next.done === true) return { passed: next.value, host: hostOf(options.connection), steps };
    steps.push(next.value);
  }
}

/** The host that a test speaks to, as people know it. */
export function hostOf({ subdomain, environment }: TestOptions['connection']): string {
  return `${subdomain}.${environment}.com`;
}

/** The same, each step as soon as it is over; in the end, whether attendance can be fetched. */
export async function* tryStepByStep(
  context: OrganisationContext,
  options: TestOptions,
): AsyncGenerator<TestStep, boolean> {
  const { connection, client } = options;
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(patienceMilliseconds)]);
  const attempt = attemptWithin(options.signal, signal);

  const signIn = await attempt('sign_in', 'failed', async () => {
    await client.requestToken(signal);
    return { value: true, message: 'Keka accepted Client ID, Client Secret and API Key.' };
  });
  yield signIn.step;
  if (signIn.value === null) return false;

  const days = await attempt('attendance', 'failed', () =>
    probeAttendance(context, client, hostOf(connection), signal),
  );
  yield days.step;
  const people = await attempt('employees', 'warned', async () => {
    const page = await firstPage(
      client.readEmployees({}, { signal, pageSize: samplePageSize, concurrency: 1 }),
    );
    return { value: page, message: `${page.totalRecords} people can be read.` };
  });
  yield people.step;
  if (days.value !== null) yield await matchingStep(context, connection, days.value, people.value);
  return days.value !== null;
}

type Attempted<Value> = { readonly step: TestStep; readonly value: Value | null };

function attemptWithin(asked: AbortSignal, limited: AbortSignal) {
  return async <Value>(
    name: TestStep['name'],
    outcomeOnFailure: 'failed' | 'warned',
    work: () => Promise<{ value: Value; message: string }>,
  ): Promise<Attempted<Value>> => {
    try {
      const { value, message } = await work();
      return { step: { ...step(name), outcome: 'passed', message }, value };
    } catch (error) {
      asked.throwIfAborted();
      return { step: failedStep(name, outcomeOnFailure, asTimeout(error, limited)), value: null };
    }
  };
}

async function probeAttendance(
  context: OrganisationContext,
  client: KekaClient,
  host: string,
  signal: AbortSignal,
): Promise<{ value: KekaPage; message: string }> {
  const date = previousLocalDay(context.clock.now(), context.organisation.zone);
  const window = { from: date, to: date };
  const page = await firstPage(
    client.readAttendance(window, { signal, pageSize: samplePageSize, concurrency: 1 }),
  );
  return {
    value: page,
    message: `${page.totalRecords} records of ${date.toString()} can be read from ${host}.`,
  };
}

async function firstPage(pages: AsyncIterable<KekaPage>): Promise<KekaPage> {
  for await (const page of pages) return page;
  throw new HajiriError('internal', 'A list without a first page.');
}

async function matchingStep(
  context: OrganisationContext,
  connection: TestOptions['connection'],
  days: KekaPage,
  people: KekaPage | null,
): Promise<TestStep> {
  const keys = sampleKeys(connection, days, people);
  if (keys === null) {
    return {
      ...step('matching'),
      outcome: 'skipped',
      message: 'The identification key is part of the profiles, which this key cannot read.',
    };
  }
  const employees = await inOrganisation(context, (transaction) =>
    transaction.selectFrom('employee').select('match_key').where('match_key', 'is not', null).execute(),
  );
  const known = new Set<string | null>(employees.map(({ match_key }) => match_key));
  const misses = keys.filter(({ key }) => key === null || !known.has(key));
  const message = `${keys.length - misses.length} of the first ${keys.length} people are in the directory.`;
  if (misses.length === 0) return { ...step('matching'), outcome: 'passed', message };
  const first = misses.slice(0, 5).map(({ shown }) => shown ?? 'no key');
  return {
    ...step('matching'),
    outcome: 'warned',
    message: `${message} Not found, for example: ${first.join(', ')}.`,
    code: 'not_in_directory',
    whatToDo: new HajiriError('not_in_directory', '').nextStep,
    page: problemPage('not_in_directory'),
  };
}

type SampleKey = { readonly key: string | null; readonly shown: string | null };

function sampleKeys(
  connection: Pick<Connection, 'identificationKey'>,
  days: KekaPage,
  people: KekaPage | null,
): readonly SampleKey[] | null {
  const { identificationKey } = connection;
  if (people !== null) {
    return people.records.flatMap((raw) => {
      const parsed = parseEmployeeRecord(raw);
      return parsed.ok
        ? [
            {
              key: sourceMatchKey(identificationKey, parsed.record),
              shown: shownKey(identificationKey, parsed.record),
            },
          ]
        : [];
    });
  }
  if (identificationKey !== 'employee_number' && identificationKey !== 'guid') return null;
  return days.records.flatMap((raw) => {
    const parsed = parseAttendanceRecord(raw);
    if (!parsed.ok) return [];
    const { employeeNumber, sourceGuid } = parsed.record;
    const shown = identificationKey === 'guid' ? sourceGuid : employeeNumber;
    return [{ key: toMatchKey(shown), shown }];
  });
}

function shownKey(key: Connection['identificationKey'], person: EmployeeRecord): string | null {
  switch (key) {
    case 'employee_number':
      return person.employeeNumber;
    case 'attendance_number':
      return person.attendanceNumber;
    case 'email':
      return person.email;
    case 'guid':
      return person.guid;
  }
}

const titles: Readonly<Record<TestStep['name'], string>> = {
  sign_in: 'Sign-in',
  attendance: 'Attendance',
  employees: 'Employees',
  matching: 'Matching',
};

function step(name: TestStep['name']) {
  return { name, title: titles[name], code: null, whatToDo: null, page: null } as const;
}

function failedStep(name: TestStep['name'], outcome: 'failed' | 'warned', error: unknown): TestStep {
  const known = isHajiriError(error) ? error : new HajiriError('internal', 'Hajiri made a mistake.');
  return {
    ...step(name),
    outcome,
    message: known.message,
    code: known.code,
    whatToDo: known.nextStep,
    page: problemPage(known.code),
  };
}

/** The client reports an abort with the signal's reason; here the reason is that Keka was too slow. */
function asTimeout(error: unknown, signal: AbortSignal): unknown {
  if (!signal.aborted || isHajiriError(error)) return error;
  return new HajiriError('network_timeout', 'Keka did not answer within 15 seconds.');
}
