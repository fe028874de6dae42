import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { createOrganisation, findOrganisation, listOrganisations } from './organisations.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const databases: TestDatabase[] = [];
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  databases.push(database);
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
});

const create = (name: string, zone = 'Asia/Kolkata') =>
  createOrganisation(database.kysely, clock, { name, zone });
const find = (name?: string) => findOrganisation(database.kysely, name);

describe('an organisation', () => {
  it('is found by its name, and without one when it is the only one', async () => {
    const acme = await create(' Acme \n');
    expect(acme).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'Acme',
      zone: 'Asia/Kolkata',
      faultyZone: null,
    });
    expect(await find()).toEqual(acme);
    expect(await find('Acme')).toEqual(acme);
    const bolt = await create('बोल्ट', 'America/New_York');
    expect(await find('बोल्ट')).toEqual(bolt);
    expect(await listOrganisations(database.kysely)).toEqual([acme, bolt]);
  });

  it('must be named when there are several, and is asked for by a command when there is none', async () => {
    await expect(find()).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('hajiri organisations add'),
    });
    await create('Acme');
    await create('Bolt');
    await expect(find()).rejects.toThrow(/several organisations.*"Acme", "Bolt"/);
    await expect(find('acme')).rejects.toThrow(/no organisation "acme".*"Acme", "Bolt"/);
  });

  it('is refused with a name that is in use, without one, or with one that is too long', async () => {
    await create('Acme');
    await expect(create('Acme')).rejects.toMatchObject({
      faults: [{ field: 'name', reason: 'is already in use' }],
    });
    await expect(create('  ')).rejects.toMatchObject({
      faults: [{ field: 'name', reason: 'must not be empty' }],
    });
    await expect(create('x'.repeat(201))).rejects.toMatchObject({ faults: [{ field: 'name' }] });
    expect(await listOrganisations(database.kysely)).toHaveLength(1);
  });

  it.each(['CEST', 'IST+5:30', 'Asia/Nowhere', '', '+05:30'])(
    'is refused with the zone %j, naming real ones',
    async (zone) => {
      await expect(create('Acme', zone)).rejects.toMatchObject({
        code: 'invalid_input',
        faults: [{ field: 'zone', reason: expect.stringMatching(/IANA.*Asia\/Kolkata/) }],
      });
      expect(await listOrganisations(database.kysely)).toEqual([]);
    },
  );

  it('is made once when two make it at the same time', async () => {
    const outcomes = await Promise.allSettled([create('Acme'), create('Acme')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listOrganisations(database.kysely)).toHaveLength(1);
  });
});
