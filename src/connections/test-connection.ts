import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { previousLocalDay } from '../attendance/local-time.ts';
import type { IdentificationKey } from '../db/schema.ts';
import { HajiriError, isHajiriError, type SafeDetails } from '../errors/hajiri-error.ts';
import { problemPage } from '../errors/problem-codes.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { KekaPage } from '../keka/keka-page.ts';
import type { Connection } from './connections.ts';
import { type KeySample, sampleKeys } from './sample-keys.ts';

export type TestStep = {
  readonly name: 'name' | 'sign_in' | 'attendance' | 'employees' | 'matching';
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'warned' | 'skipped';
  readonly message: string;
  /** The figures of the message: how many, of how many, of which date, from which host. */
  readonly facts: SafeDetails;
  /** Of matching: how it would go with each identification key that can be tried. */
  readonly keys: readonly KeySample[] | null;
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

  const host = hostOf(connection);
  const named = await attempt('name', 'failed', async () => {
    await client.findHost(signal);
    return { value: true, message: `${host} was found.`, facts: { host } };
  });
  yield named.step;
  if (named.value === null) return false;

  const signIn = await attempt('sign_in', 'failed', async () => {
    await client.requestToken(signal);
    return { value: true, message: 'Keka accepted Client ID, Client Secret and API Key.', facts: {} };
  });
  yield signIn.step;
  if (signIn.value === null) return false;

  const days = await attempt('attendance', 'failed', () => probeAttendance(context, client, host, signal));
  yield days.step;
  const people = await attempt('employees', 'warned', async () => {
    const page = await firstPage(
      client.readEmployees({}, { signal, pageSize: samplePageSize, concurrency: 1 }),
    );
    const { totalRecords: count } = page;
    return { value: page, message: `${count} people can be read.`, facts: { count } };
  });
  yield people.step;
  if (days.value !== null)
    yield await matchingStep(context, connection.identificationKey, days.value, people.value);
  return days.value !== null;
}

type Success<Value> = { readonly value: Value; readonly message: string; readonly facts: SafeDetails };
type Attempted<Value> = { readonly step: TestStep; readonly value: Value | null };

function attemptWithin(asked: AbortSignal, limited: AbortSignal) {
  return async <Value>(
    name: TestStep['name'],
    outcomeOnFailure: 'failed' | 'warned',
    work: () => Promise<Success<Value>>,
  ): Promise<Attempted<Value>> => {
    try {
      const { value, message, facts } = await work();
      return { step: { ...step(name), outcome: 'passed', message, facts }, value };
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
): Promise<Success<KekaPage>> {
  const date = previousLocalDay(context.clock.now(), context.organisation.zone);
  const window = { from: date, to: date };
  const page = await firstPage(
    client.readAttendance(window, { signal, pageSize: samplePageSize, concurrency: 1 }),
  );
  const facts = { count: page.totalRecords, date: date.toString(), host };
  return {
    value: page,
    message: `${facts.count} records of ${facts.date} can be read from ${host}.`,
    facts,
  };
}

async function firstPage(pages: AsyncIterable<KekaPage>): Promise<KekaPage> {
  for await (const page of pages) return page;
  throw new HajiriError('internal', 'A list without a first page.');
}

async function matchingStep(
  context: OrganisationContext,
  key: IdentificationKey,
  days: KekaPage,
  people: KekaPage | null,
): Promise<TestStep> {
  const { employees, keys } = await sampleKeys(context, days, people);
  const chosen = keys.find((sample) => sample.key === key);
  if (chosen === undefined) {
    return {
      ...step('matching'),
      outcome: 'skipped',
      message: 'The identification key is part of the profiles, which this key cannot read.',
      facts: { employees },
      keys,
    };
  }
  const { matched, of, misses } = chosen;
  const message = `${matched} of the first ${of} people are in the directory.`;
  const facts = { matched, of, employees, misses: misses.length === 0 ? null : misses.join(', ') };
  if (matched === of) return { ...step('matching'), outcome: 'passed', message, facts, keys };
  return {
    ...step('matching'),
    outcome: 'warned',
    message: `${message} Not found, for example: ${misses.join(', ')}.`,
    facts,
    keys,
    code: 'not_in_directory',
    whatToDo: new HajiriError('not_in_directory', '').nextStep,
    page: problemPage('not_in_directory'),
  };
}

const titles: Readonly<Record<TestStep['name'], string>> = {
  name: 'Name',
  sign_in: 'Sign-in',
  attendance: 'Attendance',
  employees: 'Employees',
  matching: 'Matching',
};

function step(name: TestStep['name']) {
  return {
    name,
    title: titles[name],
    facts: {},
    keys: null,
    code: null,
    whatToDo: null,
    page: null,
  } as const;
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
