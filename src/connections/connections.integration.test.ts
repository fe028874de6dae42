import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { atCommandLine } from '../accounts/actor.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { importEmployees } from '../directory/import-employees.ts';
import { listEmployees } from '../directory/list-employees.ts';
import { changeConnection } from './change-connection.ts';
import {
  type Connection,
  createConnection,
  credentialsOf,
  describeSecrets,
  findConnection,
  listConnections,
  removeConnection,
} from './connections.ts';
import { toEncryptionKey } from './sealed-credentials.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const key = toEncryptionKey(randomBytes(32).toString('base64'));
const credentials = { clientId: 'client-4711', clientSecret: 'p&q=r 4711', apiKey: 'ab+c/d==/4711' };

let database: TestDatabase;
let context: OrganisationContext;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.close());
beforeEach(async () => {
  context = await newContext();
});

async function newContext(): Promise<OrganisationContext> {
  const organisation = await createOrganisation(database.kysely, clock, {
    name: `Company ${randomUUID()}`,
    zone: 'Asia/Kolkata',
  });
  return { ...atCommandLine('tester'), kysely: database.kysely, clock, organisation };
}

function create(changes: object = {}): Promise<Connection> {
  return createConnection(context, key, { name: 'main', subdomain: 'acme', credentials, ...changes });
}

/** What is stored for the connections of this company, as text. */
async function storedText(): Promise<string> {
  const { rows } = await database.pool.query<{ text: string }>(
    "select coalesce(string_agg(c::text, ' '), '') as text from connection c where organisation_id = $1",
    [context.organisation.id],
  );
  return rows[0]?.text ?? '';
}

describe('a connection', () => {
  it('is stored with its settings, and found by its name or because it is the only one', async () => {
    const made = await create({ identificationKey: 'email', environment: 'kekademo', requestsPerMinute: 30 });
    expect(made).toMatchObject({
      name: 'main',
      subdomain: 'acme',
      environment: 'kekademo',
      identificationKey: 'email',
      requestsPerMinute: 30,
      punchBasis: 'utc',
      autoRun: true,
      peopleReadAt: null,
    });
    expect(await findConnection(context)).toEqual(made);
    expect(await findConnection(context, 'main')).toEqual(made);
  });

  it('gives its credentials back with the key, and shows of them no more than an ending', async () => {
    const made = await create();
    expect(credentialsOf(made, key)).toEqual(credentials);
    expect(describeSecrets(made, key)).toEqual({ state: 'set', ending: '4711' });
    const short = await create({ name: 'short', credentials: { ...credentials, apiKey: 'elevenchars' } });
    expect(describeSecrets(short, key)).toEqual({ state: 'set', ending: '' });
    const text = await storedText();
    for (const secret of Object.values(credentials)) expect(text).not.toContain(secret);
    expect(text).not.toContain('4711');
  });

  it('asks for its secrets again when the key is another one', async () => {
    const made = await create();
    const other = toEncryptionKey(randomBytes(32).toString('base64'));
    expect(describeSecrets(made, other)).toEqual({ state: 'needed_again' });
    expect(() => credentialsOf(made, other)).toThrow(expect.objectContaining({ code: 'secrets_unreadable' }));
  });

  it('cannot use the secrets of another one', async () => {
    const made = await create();
    const other = await create({ name: 'other', subdomain: 'bolt' });
    await database.pool.query('update connection set sealed_credentials = $1 where id = $2', [
      made.sealedCredentials,
      other.id,
    ]);
    expect(describeSecrets(await findConnection(context, 'other'), key)).toEqual({ state: 'needed_again' });
  });

  it('is not used when its stored subdomain is not one any more', async () => {
    await create();
    await database.pool.query(
      "update connection set subdomain = 'evil.example/' where organisation_id = $1",
      [context.organisation.id],
    );
    await expect(findConnection(context)).rejects.toMatchObject({ code: 'internal' });
  });

  it('is refused with a name that is in use, and with faults, and then nothing is stored', async () => {
    const made = await create();
    await expect(create({ subdomain: 'bolt' })).rejects.toMatchObject({
      code: 'invalid_input',
      faults: [{ field: 'name', reason: 'is already in use' }],
    });
    await expect(create({ name: 'other', subdomain: 'acme.keka.com' })).rejects.toMatchObject({
      faults: [{ field: 'subdomain', reason: expect.stringContaining('enter only "acme"') }],
    });
    expect(await listConnections(context)).toEqual([made]);
  });

  it('may have the name that a connection of another organisation has, and is not seen there', async () => {
    const made = await create();
    const elsewhere = await newContext();
    await createConnection(elsewhere, key, { name: 'main', subdomain: 'bolt', credentials });
    expect(await listConnections(context)).toEqual([made]);
    expect((await findConnection(elsewhere, 'main')).subdomain).toBe('bolt');
  });

  it('is asked for by name when there are several, and by a command when there is none', async () => {
    await expect(findConnection(context)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('hajiri connections add'),
    });
    await create();
    await create({ name: 'other' });
    await expect(findConnection(context)).rejects.toThrow(/several connections.*"main", "other"/);
    await expect(findConnection(context, 'mian')).rejects.toThrow(/no connection "mian".*"main", "other"/);
    expect((await listConnections(context)).map(({ name }) => name)).toEqual(['main', 'other']);
  });
});

/** A person in Keka with these identifiers, whose key is the employee number. */
async function addPerson(connection: Connection, person: { number: string; email: string }): Promise<string> {
  const guid = randomUUID();
  await inOrganisation(context, (transaction) =>
    sql`insert into source_person
        (organisation_id, connection_id, guid, employee_number, email, number_key, email_key, first_seen_at)
      values (${context.organisation.id}, ${connection.id}, ${guid}, ${person.number}, ${person.email},
        ${person.number.toLowerCase()}, ${person.email.toLowerCase()}, ${clock.now()})`.execute(transaction),
  );
  return guid;
}

function importDirectory(...lines: readonly string[]) {
  const text = ['employee_id,first_name,last_name', ...lines].join('\n');
  return importEmployees(context, new TextEncoder().encode(text));
}

async function linkedNames(): Promise<readonly string[]> {
  const { rows: employees } = await listEmployees(context);
  return employees.filter(({ linkedIn }) => linkedIn.length > 0).map(({ firstName }) => firstName);
}

describe('a change of a connection', () => {
  it('changes what is given and leaves the rest, the secrets too', async () => {
    const made = await create({ requestsPerMinute: 30 });
    const changed = await changeConnection(context, key, made, { subdomain: 'Acme-India' });
    expect(changed).toEqual({ ...made, subdomain: 'acme-india' });
    expect(credentialsOf(changed, key)).toEqual(credentials);
    expect(await changeConnection(context, key, changed, {})).toEqual(changed);
  });

  it('replaces the secrets when they are given', async () => {
    const made = await create();
    const fresh = { clientId: 'new-client', clientSecret: 'new-secret', apiKey: 'new-key' };
    const changed = await changeConnection(context, key, made, { credentials: fresh });
    expect(credentialsOf(changed, key)).toEqual(fresh);
  });

  it('keeps what another change did after the connection was read', async () => {
    const made = await create();
    await changeConnection(context, key, made, { requestsPerMinute: 10 });
    await changeConnection(context, key, made, { subdomain: 'bolt' });
    expect(await findConnection(context)).toMatchObject({ requestsPerMinute: 10, subdomain: 'bolt' });
  });

  it('is refused as a whole when one field is faulty', async () => {
    const made = await create();
    const change = { subdomain: 'bolt', requestsPerMinute: 0 };
    await expect(changeConnection(context, key, made, change)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(await findConnection(context)).toEqual(made);
  });

  it('to another identification key links who was not linked, and moves nobody', async () => {
    const made = await create();
    await addPerson(made, { number: 'E1', email: 'asha@acme.example' });
    await addPerson(made, { number: 'X9', email: 'binod@acme.example' });
    await importDirectory('E1,Asha,Rao', 'binod@acme.example,Binod,Jha', 'asha@acme.example,Impostor,Sen');
    expect(await linkedNames()).toEqual(['Asha']);
    await changeConnection(context, key, made, { identificationKey: 'email' });
    expect(await linkedNames()).toEqual(['Asha', 'Binod']);
    await changeConnection(context, key, made, { identificationKey: 'employee_number' });
    expect(await linkedNames()).toEqual(['Asha', 'Binod']);
  });
});

describe('the removal of a connection', () => {
  it('takes its people and links along, and leaves the directory and other connections', async () => {
    const [gone, kept] = [await create(), await create({ name: 'kept', subdomain: 'bolt' })];
    for (const connection of [gone, kept])
      await addPerson(connection, { number: 'E1', email: 'a@acme.example' });
    await importDirectory('E1,Asha,Rao');
    expect((await listEmployees(context)).rows[0]?.linkedIn.toSorted()).toEqual(['kept', 'main']);
    await removeConnection(context, gone);
    expect(await listConnections(context)).toEqual([kept]);
    expect((await listEmployees(context)).rows).toMatchObject([{ employeeId: 'E1', linkedIn: ['kept'] }]);
  });

  it('leaves no row of it in any table', async () => {
    const made = await create();
    await addPerson(made, { number: 'E1', email: 'a@acme.example' });
    await inOrganisation(context, async (transaction) => {
      const scope = sql`${context.organisation.id}, ${made.id}`;
      const run = randomUUID();
      await sql`select ensure_attendance_month('2026-03-10')`.execute(transaction);
      await sql`insert into run (organisation_id, connection_id, id, trigger, date_from, date_to, dates, state,
          requested_at, started_at, ended_at)
        values (${scope}, ${run}, 'manual', '2026-03-10', '2026-03-10', '{[2026-03-10,2026-03-10]}', 'failed',
          now(), now(), now())`.execute(transaction);
      await sql`insert into date_coverage (organisation_id, connection_id, date, first_complete_read_at,
          last_complete_read_at, last_run_id, people)
        values (${scope}, '2026-03-10', now(), now(), ${run}, 1)`.execute(transaction);
      await sql`insert into attendance_day (organisation_id, connection_id, date, source_guid, first_in_unreadable,
          last_out_unreadable, status, flags, rules_version, first_read_at, first_run_id, record_hash, record)
        values (${scope}, '2026-03-10', ${run}, false, false, 'absent', '{}', 1, now(), ${run}, '', '{}')`.execute(
        transaction,
      );
      await sql`insert into revision (organisation_id, connection_id, date, source_guid, run_id, revised_at, changed,
          before, after, record_before)
        values (${scope}, '2026-03-10', ${run}, ${run}, now(), '{}', '{}', '{}', '{}')`.execute(transaction);
    });
    expect(await tablesWith(made.id)).toEqual([
      'attendance_day',
      'connection',
      'date_coverage',
      'revision',
      'run',
      'schedule',
      'source_person',
    ]);
    await removeConnection(context, made);
    expect(await tablesWith(made.id)).toEqual([]);
  });
});

/** The tables that hold a row of a connection. */
async function tablesWith(connectionId: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ table: string; column: string }>(`
    select c.table_name::text as table, c.column_name::text as column from information_schema.columns c
    join pg_class t on t.oid = format('public.%I', c.table_name)::regclass
    where c.table_schema = 'public' and not t.relispartition
      and (c.column_name = 'connection_id' or c.table_name = 'connection' and c.column_name = 'id')
    order by 1`);
  const found: string[] = [];
  for (const { table, column } of rows) {
    const { rowCount } = await database.pool.query(`select from ${table} where ${column} = $1`, [
      connectionId,
    ]);
    if (rowCount !== 0) found.push(table);
  }
  return found;
}
