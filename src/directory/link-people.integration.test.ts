import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxControl } from '../../sandbox/control/sandbox-control.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import {
  credentials,
  guid,
  profile,
  record,
  smallScenario,
  smallScenarioStart,
} from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestCompany, type TestCompany } from '../../test/support/test-company.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { untilTrue } from '../../test/support/until.ts';
import { atCommandLine } from '../accounts/actor.ts';
import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { toMatchKey } from '../attendance/match-key.ts';
import type { ConnectionId } from '../db/schema.ts';
import type { OrganisationTransaction } from '../db/tenancy.ts';
import { linkPeople, sourceMatchKey } from './link-people.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const now = clock.now();

let database: TestDatabase;
let context: OrganisationContext;

beforeAll(async () => {
  database = await createTestDatabase();
  const organisation = await createOrganisation(database.kysely, clock, {
    name: 'Acme',
    zone: 'Asia/Kolkata',
  });
  context = { ...atCommandLine('tester'), kysely: database.kysely, clock, organisation };
});
afterAll(() => database?.close());

/** Somebody with a code, known here by a label that says nothing. */
type Coded = { readonly label: string; readonly code: string | null };

/** What one test sees: its own connection, people and employees, all of which are gone afterwards. */
type Scene = {
  addPeople(people: readonly Coded[]): Promise<void>;
  addEmployees(employees: readonly Coded[]): Promise<void>;
  giveCode(whom: 'person' | 'employee', label: string, code: string | null): Promise<void>;
  giveDates(
    whom: 'person' | 'employee',
    label: string,
    dates: { readonly from: string | null; readonly to: string | null },
  ): Promise<void>;
  link(): Promise<number>;
  /** Which person is linked to which employee, by their labels. */
  links(): Promise<ReadonlyMap<string, string>>;
};

async function playScene(play: (scene: Scene) => Promise<void>): Promise<void> {
  const undo = new Error('undo');
  const playing = inOrganisation(context, async (transaction) => {
    await play(await setScene(transaction));
    throw undo;
  });
  await playing.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}

async function setScene(transaction: OrganisationTransaction): Promise<Scene> {
  const organisation = context.organisation.id;
  const connection = randomUUID() as ConnectionId; // made in the next line
  await sql`insert into connection (organisation_id, id, name, subdomain, environment, identification_key,
      sealed_credentials, created_at)
    values (${organisation}, ${connection}, ${connection}, 'acme', 'keka', 'employee_number', '', ${now})`.execute(
    transaction,
  );
  const ids = new Map<string, string>();
  const idOf = (label: string): string => ids.getOrInsertComputed(label, () => randomUUID());
  const labelOf = (id: string): string => [...ids].find(([, known]) => known === id)?.[0] ?? id;
  return {
    async addPeople(people) {
      for (const { label, code } of people) {
        await sql`insert into source_person (organisation_id, connection_id, guid, employee_number, number_key, first_seen_at)
          values (${organisation}, ${connection}, ${idOf(label)}, ${code}, ${toMatchKey(code)}, ${now})`.execute(
          transaction,
        );
      }
    },
    async addEmployees(employees) {
      for (const { label, code } of employees) {
        await sql`insert into employee (organisation_id, id, employee_id, match_key, first_name, last_name, imported_at)
          values (${organisation}, ${idOf(label)}, ${code}, ${toMatchKey(code)}, ${label}, '', ${now})`.execute(
          transaction,
        );
      }
    },
    async giveCode(whom, label, code) {
      const statement =
        whom === 'person'
          ? sql`update source_person set employee_number = ${code}, number_key = ${toMatchKey(code)} where guid = ${idOf(label)}`
          : sql`update employee set employee_id = ${code}, match_key = ${toMatchKey(code)} where id = ${idOf(label)}`;
      await statement.execute(transaction);
    },
    async giveDates(whom, label, { from, to }) {
      const statement =
        whom === 'person'
          ? sql`update source_person set joining_date = ${from}, exit_date = ${to} where guid = ${idOf(label)}`
          : sql`update employee set joining_date = ${from}, leaving_date = ${to} where id = ${idOf(label)}`;
      await statement.execute(transaction);
    },
    link: () => linkPeople(transaction, connection, now),
    async links() {
      const { rows } = await sql<{ person: string; employee: string }>`
        select source_guid as person, employee from person_link where connection_id = ${connection}`.execute(
        transaction,
      );
      return new Map(rows.map(({ person, employee }) => [labelOf(person), labelOf(employee)]));
    },
  };
}

// The model that the database is compared with: a few lines over plain lists.

type Links = ReadonlyMap<string, string>;

function linksAfter(people: readonly Coded[], employees: readonly Coded[], before: Links): Links {
  const after = new Map(before);
  for (const { label, code } of people) {
    const key = toMatchKey(code);
    if (key === null || before.has(label)) continue;
    const rivals = people.filter((person) => !before.has(person.label) && toMatchKey(person.code) === key);
    const hits = employees.filter((employee) => toMatchKey(employee.code) === key);
    const [hit] = hits;
    const isTaken = [...before.values()].includes(hit?.label ?? '');
    if (rivals.length === 1 && hits.length === 1 && hit !== undefined && !isTaken)
      after.set(label, hit.label);
  }
  return after;
}

/** Few keys in many spellings, so that codes meet. The spellings of employees are all different, as in a directory. */
const spellings = ['a1', 'A1', ' a1', 'a1\u200B', 'b2', 'B2', '2', '02', 'c3', 'C3 ', 'd4'];
const personCode = fc.option(fc.constantFrom(...spellings), { freq: 8 });

const people = fc
  .array(personCode, { maxLength: 8 })
  .map((codes) => codes.map((code, index) => ({ label: `person ${index}`, code })));
const employees = fc.tuple(fc.shuffledSubarray(spellings), fc.nat(2)).map(([codes, without]) =>
  [...codes, ...Array.from({ length: without }, () => null)].map((code, index) => ({
    label: `employee ${index}`,
    code,
  })),
);

const runs = { numRuns: 60 };

describe('linking', () => {
  it('links exactly those who are alone with their key on both sides, and nobody twice', async () => {
    await fc.assert(
      fc.asyncProperty(people, employees, (people, employees) =>
        playScene(async (scene) => {
          await scene.addPeople(people);
          await scene.addEmployees(employees);
          const expected = linksAfter(people, employees, new Map());
          expect(await scene.link()).toBe(expected.size);
          expect(await scene.links()).toEqual(expected);
          // And in the words of the rule itself:
          for (const [person, employee] of expected) {
            const key = toMatchKey(people.find(({ label }) => label === person)?.code);
            expect(people.filter(({ code }) => toMatchKey(code) === key)).toHaveLength(1);
            expect(
              employees.filter(({ code }) => toMatchKey(code) === key).map(({ label }) => label),
            ).toEqual([employee]);
          }
        }),
      ),
      runs,
    );
  });

  it('changes nothing when it is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(people, employees, (people, employees) =>
        playScene(async (scene) => {
          await scene.addPeople(people);
          await scene.addEmployees(employees);
          await scene.link();
          const links = await scene.links();
          expect(await scene.link()).toBe(0);
          expect(await scene.links()).toEqual(links);
        }),
      ),
      runs,
    );
  });

  it('does not depend on who came first', async () => {
    const bothOrders = fc.tuple(people, employees).chain(([people, employees]) =>
      fc.record({
        people: fc.constant(people),
        employees: fc.constant(employees),
        peopleAgain: fc.shuffledSubarray(people, { minLength: people.length }),
        employeesAgain: fc.shuffledSubarray(employees, { minLength: employees.length }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(bothOrders, async ({ people, employees, peopleAgain, employeesAgain }) => {
        const outcomes: Links[] = [];
        await playScene(async (scene) => {
          await scene.addPeople(people);
          await scene.addEmployees(employees);
          await scene.link();
          outcomes.push(await scene.links());
        });
        await playScene(async (scene) => {
          await scene.addEmployees(employeesAgain);
          await scene.addPeople(peopleAgain);
          await scene.link();
          outcomes.push(await scene.links());
        });
        expect(outcomes[0]).toEqual(outcomes[1]);
      }),
      runs,
    );
  });

  it('never moves a link that exists, whatever happens to codes afterwards', async () => {
    const change = fc.record({
      whom: fc.constantFrom('person' as const, 'employee' as const),
      index: fc.nat(20),
      code: personCode,
    });
    await fc.assert(
      fc.asyncProperty(people, employees, fc.array(change, { maxLength: 5 }), (people, employees, changes) =>
        playScene(async (scene) => {
          await scene.addPeople(people);
          await scene.addEmployees(employees);
          await scene.link();
          let before = await scene.links();
          const sides = { person: [...people], employee: [...employees] };
          for (const { whom, index, code } of changes) {
            const side: Coded[] = sides[whom];
            const chosen = side[index % Math.max(side.length, 1)];
            const isInUse = whom === 'employee' && code !== null && side.some((other) => other.code === code);
            if (chosen === undefined || isInUse) continue;
            side[side.indexOf(chosen)] = { label: chosen.label, code };
            await scene.giveCode(whom, chosen.label, code);
            const expected = linksAfter(sides.person, sides.employee, before);
            expect(await scene.link()).toBe(expected.size - before.size);
            const after = await scene.links();
            for (const [person, employee] of before) expect(after.get(person)).toBe(employee);
            expect(after).toEqual(expected);
            before = after;
          }
        }),
      ),
      runs,
    );
  });

  it('links nobody to an employee whose code another spelling has too, until that is corrected', () =>
    playScene(async (scene) => {
      await scene.addPeople([{ label: 'Asha', code: 'EMP017' }]);
      await scene.addEmployees([
        { label: 'one', code: 'emp017' },
        { label: 'other', code: 'EMP017\u200B' },
      ]);
      expect(await scene.link()).toBe(0);
      await scene.giveCode('employee', 'other', 'EMP018');
      expect(await scene.link()).toBe(1);
      expect(await scene.links()).toEqual(new Map([['Asha', 'one']]));
    }));

  it.each(['emp017', ' EMP017 ', 'EMP017\u200B', '\uFF25\uFF2D\uFF30\uFF10\uFF11\uFF17'])(
    'links EMP017 to %j',
    (code) =>
      playScene(async (scene) => {
        await scene.addPeople([{ label: 'Asha', code: 'EMP017' }]);
        await scene.addEmployees([{ label: 'employee', code }]);
        expect(await scene.link()).toBe(1);
      }),
  );

  it('links neither of two people with one code, and a later one not in place of the first', () =>
    playScene(async (scene) => {
      await scene.addEmployees([{ label: 'employee', code: '1042' }]);
      await scene.addPeople([
        { label: 'g1', code: '1042' },
        { label: 'g2', code: '1042' },
      ]);
      expect(await scene.link()).toBe(0);
      await scene.giveCode('person', 'g2', '1043');
      expect(await scene.link()).toBe(1);
      await scene.giveCode('person', 'g1', null);
      await scene.giveCode('person', 'g2', '1042');
      expect(await scene.link()).toBe(0);
      expect(await scene.links()).toEqual(new Map([['g1', 'employee']]));
    }));
});

describe('linking by dates', () => {
  type Period = { readonly from: string | null; readonly to: string | null };
  const day = (year: number) => `${2020 + year}-01-01`;
  const period: fc.Arbitrary<Period> = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(5)).map(([a, b, open]) => ({
    from: open === 0 ? null : day(Math.min(a, b) * 2),
    to: open === 1 ? null : day(Math.max(a, b) * 2 + 1),
  }));
  const coded = fc.record({ code: fc.constantFrom('a', 'b'), period });
  type Dated = { readonly code: string; readonly period: Period };
  const meet = (one: Period, other: Period) =>
    (one.from ?? '0') <= (other.to ?? '9') && (other.from ?? '0') <= (one.to ?? '9');

  async function linksOf(
    people: readonly Dated[],
    employees: readonly Dated[],
    order: 'directory first' | 'attendance first',
  ): Promise<readonly string[]> {
    let links: readonly string[] = [];
    await playScene(async (scene) => {
      const addEmployees = async () => {
        await scene.addEmployees(
          employees.map(({ code }, n) => ({ label: `e${n}`, code: `${code}${'\u200B'.repeat(n)}` })),
        );
        for (const [n, { period }] of employees.entries()) await scene.giveDates('employee', `e${n}`, period);
      };
      const addPeople = async () => {
        await scene.addPeople(people.map(({ code }, n) => ({ label: `p${n}`, code })));
        for (const [n, { period }] of people.entries()) await scene.giveDates('person', `p${n}`, period);
      };
      if (order === 'attendance first') await addPeople();
      else await addEmployees();
      await scene.link();
      if (order === 'attendance first') await addEmployees();
      else await addPeople();
      await scene.link();
      await scene.link();
      links = [...(await scene.links())]
        .map(([person, employee]) => `${person} ${employee}`)
        .toSorted(byText);
    });
    return links;
  }
  const byText = (a: string, b: string) => a.localeCompare(b);

  it('gives the same whoever came first, and never two people to one employee', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(coded, { maxLength: 5 }),
        fc.array(coded, { maxLength: 3 }),
        async (people, employees) => {
          const links = await linksOf(people, employees, 'directory first');
          expect(await linksOf(people, employees, 'attendance first')).toEqual(links);
          const linked = links.map((link) => link.split(' ')[1]);
          expect(new Set(linked).size).toBe(linked.length);
          for (const link of links) {
            const [p, e] = link.split(' ').map((label) => Number(label.slice(1)));
            const [person, employee] = [people[p ?? -1], employees[e ?? -1]];
            if (person === undefined || employee === undefined) throw new Error(link);
            expect(person.code).toBe(employee.code);
            expect(meet(person.period, employee.period)).toBe(true);
            // Nobody else with the code was employed in the employee's time.
            const rivals = people.filter(
              ({ code, period }) => code === employee.code && meet(period, employee.period),
            );
            expect(rivals).toHaveLength(1);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

it('links everybody once when two link at the same time', async () => {
  const connection = randomUUID() as ConnectionId; // made just below
  await inOrganisation(context, async (transaction) => {
    const organisation = context.organisation.id;
    await sql`insert into connection (organisation_id, id, name, subdomain, environment, identification_key,
        sealed_credentials, created_at)
      values (${organisation}, ${connection}, 'twice', 'acme', 'keka', 'employee_number', '', ${now})`.execute(
      transaction,
    );
    await sql`insert into source_person (organisation_id, connection_id, guid, number_key, first_seen_at)
      select ${organisation}, ${connection}, gen_random_uuid(), 'twice ' || n, ${now}
      from generate_series(1, 50) n`.execute(transaction);
    await sql`insert into employee (organisation_id, employee_id, match_key, first_name, last_name, imported_at)
      select ${organisation}, 'twice ' || n, 'twice ' || n, 'Asha', '', ${now} from generate_series(1, 50) n`.execute(
      transaction,
    );
  });
  const link = (meanwhile: () => Promise<void> = async () => {}) =>
    inOrganisation(context, async (transaction) => {
      const linked = await linkPeople(transaction, connection, now);
      await meanwhile();
      return linked;
    });
  let second = Promise.resolve(-1);
  // The second one has its people chosen, and meets the links of the first before that is committed.
  const first = await link(async () => {
    second = link();
    await untilTrue(async () => {
      const waiting = await database.pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return waiting.rowCount === 1;
    });
  });
  expect([first, await second]).toEqual([50, 0]);
});

describe('the key of a person', () => {
  const person = {
    guid: guid(1),
    employeeNumber: ' E1',
    attendanceNumber: '0042',
    email: 'Asha@Acme.example',
  };

  it.each([
    ['employee_number', 'e1'],
    ['attendance_number', '0042'],
    ['email', 'asha@acme.example'],
    ['guid', guid(1)],
  ] as const)('is the field that was chosen: %s', (field, key) => {
    expect(sourceMatchKey(field, person)).toBe(key);
  });

  it('is nothing where that field is empty in Keka', () => {
    expect(sourceMatchKey('employee_number', { ...person, employeeNumber: ' ' })).toBeNull();
    expect(sourceMatchKey('email', { ...person, email: null })).toBeNull();
  });
});

describe('stored history', () => {
  async function openCompany(
    connection: Readonly<Record<string, unknown>> = {},
  ): Promise<{ company: TestCompany; control: SandboxControl }> {
    const clock = new FakeClock(smallScenarioStart, { autoAdvance: true });
    const scenario = smallScenario(3, ['2026-03-10', '2026-03-11']);
    const sandbox = await startSandbox({ scenario, clock });
    onTestFinished(() => sandbox.close());
    const company = await createTestCompany({ database, clock, sandbox, credentials, connection });
    return { company, control: sandbox.control };
  }

  it('appears at once when a missing Employee ID is filled in by a second import, without another fetch', async () => {
    const { company } = await openCompany();
    const columns = 'employee_id,first_name,last_name,email';
    await company.importDirectory(
      `${columns}\nE1,Asha,Rao,asha@acme.example\n,Binod,Jha,binod@acme.example\n`,
    );
    await company.fetch('2026-03-10', '2026-03-11');
    expect(await company.row('2026-03-10', 'E2')).toMatchObject({
      employeeId: null,
      link: 'not_in_directory',
    });
    const filledIn = await company.importDirectory(`${columns}\nE2,Binod,Jha,binod@acme.example\n`);
    expect(filledIn).toMatchObject({ added: 0, changed: 1, linked: 1 });
    for (const date of ['2026-03-10', '2026-03-11']) {
      expect(await company.row(date, 'E2')).toMatchObject({
        name: 'Binod Jha',
        link: 'linked',
        firstIn: { time: '09:12' },
        lastOut: { time: '18:10' },
      });
    }
  });

  it('stays with its person when the e-mail by which that was linked goes to somebody else', async () => {
    const { company, control } = await openCompany({ identificationKey: 'email' });
    await company.importDirectory('employee_id,first_name,last_name\nasha.rao.1@acme.example,Asha,Rao\n');
    await company.fetch('2026-03-10');
    expect(await company.row('2026-03-10', 'asha.rao.1@acme.example')).toMatchObject({ sourceGuid: guid(1) });

    control.upsertEmployees([
      profile(1, { email: 'asha.new@acme.example' }),
      profile(2, { email: 'asha.rao.1@acme.example' }),
    ]);
    control.upsertAttendance([record(2, '2026-03-11', { totalGrossHours: 5 })]);
    await company.fetch('2026-03-10', '2026-03-11', { peopleReadHours: 0 });
    for (const date of ['2026-03-10', '2026-03-11']) {
      const row = await company.row(date, 'asha.rao.1@acme.example');
      expect(row).toMatchObject({ sourceGuid: guid(1), link: 'linked', grossMinutes: 538 });
    }
    expect(await company.row('2026-03-11', 'E2')).toMatchObject({ link: 'employee_already_linked' });
  });
});
