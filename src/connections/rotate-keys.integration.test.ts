import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/test-database.ts';
import { atCommandLine } from '../accounts/actor.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import { createOrganisation } from '../accounts/organisations.ts';
import { toSignInSecret } from '../accounts/sign-in/sign-in-secret.ts';
import { changeConnection } from './change-connection.ts';
import { createConnection, credentialsOf, describeSecrets, findConnection } from './connections.ts';
import { type KeySource, keySourceOf, loadEncryptionKey } from './encryption-key.ts';
import { listKeys } from './list-keys.ts';
import { rotateKeys } from './rotate-keys.ts';
import { type EncryptionKey, keyIdOf, type SealingKey } from './sealed-credentials.ts';

const clock = new FakeClock('2026-03-12T05:30:00Z');
const credentials = { clientId: 'client-4711', clientSecret: 'p&q=r 4711', apiKey: 'ab+c/d==/4711' };
const who = atCommandLine('tester');

let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hajiri-rotation-'));
  database = await createTestDatabase();
});
afterEach(async () => {
  await database?.close();
  await rm(folder, { recursive: true });
});

/** A process, with the keys as it finds them when it starts. */
type Process = { readonly key: EncryptionKey; readonly source: KeySource };
async function start(configured?: string, previous?: string): Promise<Process> {
  const options = { configured, previous, dataFolder: folder, ownsDatabase: true };
  return { key: await loadEncryptionKey(options), source: keySourceOf(options) };
}

function rotate(by: Process, signal = new AbortController().signal) {
  return rotateKeys({ ...by, kysely: database.kysely, clock, ...who, signal });
}

async function newCompany(name: string): Promise<OrganisationContext> {
  const organisation = await createOrganisation(database.kysely, clock, { name, zone: 'Asia/Kolkata' });
  return { ...who, kysely: database.kysely, clock, organisation };
}

const create = (context: OrganisationContext, { key }: Process, name = 'main') =>
  createConnection(context, key, { name, subdomain: 'acme', credentials });

async function keyIds(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ sealed: string }>(
    'select sealed_credentials as sealed from connection',
  );
  return [...new Set(rows.map(({ sealed }) => keyIdOf(sealed)))];
}

const config = (key: SealingKey) => {
  const { version, value } = toSignInSecret(key);
  return { keys: new Map([[version, value]]), currentVersion: version };
};

async function addSecondFactor(key: SealingKey): Promise<void> {
  const user = await database.pool.query<{ id: string }>(
    `insert into sign_in."user" (name, email, created_at, updated_at) values ('Asha', $1, now(), now()) returning id`,
    [`${randomUUID()}@acme.example`],
  );
  await database.pool.query(
    'insert into sign_in.two_factor (user_id, secret, backup_codes) values ($1, $2, $3)',
    [
      user.rows[0]?.id,
      await symmetricEncrypt({ key: config(key), data: 'canary-authenticator' }),
      await symmetricEncrypt({ key: config(key), data: '["canary-recovery"]' }),
    ],
  );
}

async function readSecondFactor(key: SealingKey): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ secret: string; backup_codes: string }>(
    'select secret, backup_codes from sign_in.two_factor',
  );
  return Promise.all(
    rows.flatMap(({ secret, backup_codes }) =>
      [secret, backup_codes].map((data) => symmetricDecrypt({ key: config(key), data })),
    ),
  );
}

describe('replacing the encryption key', () => {
  it('seals everything of every company anew, and the file keeps the earlier key apart', async () => {
    const before = await start();
    const first = { id: before.key.id, bytes: before.key.bytes };
    const companies = [await newCompany('Acme'), await newCompany('Bolt')];
    for (const company of companies) await create(company, before);
    await addSecondFactor(first);

    const rotation = await rotate(await start());
    expect(rotation).toEqual({
      keyId: expect.stringMatching(/^[0-9a-f]{8}$/),
      outcome: 'rotated',
      connections: 2,
      secondFactors: 1,
      unreadable: 0,
      retiredTo: join(folder, 'encryption-key.retired'),
    });
    expect(rotation.keyId).not.toBe(first.id);
    expect(await keyIds()).toEqual([rotation.keyId]);

    const after = await start();
    expect(after.key.known().map(({ id }) => id)).toEqual([rotation.keyId]);
    for (const company of companies) {
      expect(credentialsOf(await findConnection(company), after.key)).toEqual(credentials);
    }
    expect(await readSecondFactor(after.key)).toEqual(['canary-authenticator', '["canary-recovery"]']);
    expect(await readFile(join(folder, 'encryption-key.retired'), 'utf8')).toBe(
      `${first.bytes.toString('base64')}\n`,
    );
  });

  it('lets a process that was running open and seal from then on, without a restart', async () => {
    const running = await start();
    const acme = await newCompany('Acme');
    const stale = await create(acme, running);
    const { keyId } = await rotate(await start());
    expect(credentialsOf(await findConnection(acme), running.key)).toEqual(credentials);
    // What it had read before is still open to it.
    expect(credentialsOf(stale, running.key)).toEqual(credentials);
    await create(acme, running, 'other');
    expect(await keyIds()).toEqual([keyId]);
  });

  it('is written down for every connection, without a key or a secret', async () => {
    const acme = await newCompany('Acme');
    const by = await start();
    await create(acme, by);
    const { keyId } = await rotate(by);
    const { rows } = await database.pool.query<{ action: string; after: object; entry: string }>(
      'select action, after, e::text as entry from audit_entry e order by id desc limit 1',
    );
    expect(rows[0]).toMatchObject({
      action: 'encrypted the credentials with another key',
      after: { key: keyId },
    });
    for (const secret of Object.values(credentials)) expect(rows[0]?.entry).not.toContain(secret);
  });

  it('that was broken off goes on with the same key', async () => {
    const acme = await newCompany('Acme');
    const by = await start();
    await create(acme, by);
    const stop = new AbortController();
    stop.abort();
    await expect(rotate(by, stop.signal)).rejects.toMatchObject({ code: 'interrupted' });
    const [begun, earlier] = (await start()).key.known().map(({ id }) => id);
    expect(await keyIds()).toEqual([earlier]);
    const keys = await listKeys({ ...(await start()), kysely: database.kysely, clock, ...who });
    expect(keys).toMatchObject([
      { id: begun, isCurrent: true, isPresent: true, isRotating: true, connections: 0 },
      { id: earlier, isCurrent: false, isPresent: true, connections: 1 },
    ]);
    // Another process starts meanwhile, and seals with the new key already.
    await create(acme, await start(), 'other');
    expect(await rotate(await start())).toMatchObject({ keyId: begun, outcome: 'went_on', connections: 1 });
    expect(await keyIds()).toEqual([begun]);
  });

  it('loses nothing when several do it at once while credentials are changed', async () => {
    const acme = await newCompany('Acme');
    const by = await start();
    const names = Array.from({ length: 12 }, (_, index) => `connection ${index}`);
    for (const name of names) await create(acme, by, name);
    const running = await start();
    const changes = names.map(async (name, index) =>
      changeConnection(acme, running.key, await findConnection(acme, name), {
        credentials: { ...credentials, clientId: `changed ${index}` },
      }),
    );
    const rotations = [1, 2, 3].map(async () => rotate(await start()));
    const outcomes = await Promise.allSettled(rotations);
    await Promise.all(changes);
    // One of them may find that another has ended and begun again.
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'not_possible' });
    }
    await rotate(await start());
    const after = await start();
    expect(await keyIds()).toEqual([after.key.id]);
    for (const [index, name] of names.entries()) {
      expect(credentialsOf(await findConnection(acme, name), after.key).clientId).toBe(`changed ${index}`);
    }
  });

  it('takes a key from the configuration, and the earlier one beside it until it is over', async () => {
    const [first, second] = [1, 2].map(() => randomBytes(32).toString('base64'));
    const acme = await newCompany('Acme');
    const old = await start(first);
    await create(acme, old);
    expect(await rotate(old)).toMatchObject({ outcome: 'nothing_new', connections: 0 });

    const both = await start(second, first);
    // Processes are restarted one after the other; until the rotation, all of them understand each other.
    await create(acme, both, 'other');
    expect(await keyIds()).toEqual([old.key.id]);
    expect(await rotate(both)).toMatchObject({ outcome: 'rotated', connections: 2, retiredTo: null });
    expect(await keyIds()).toEqual([both.key.id]);
    const after = await start(second);
    expect(credentialsOf(await findConnection(acme, 'main'), after.key)).toEqual(credentials);
    expect(await rotate(after)).toMatchObject({ outcome: 'nothing_new', connections: 0 });
    // One that was forgotten would seal what nobody else can open.
    await expect(create(acme, old, 'third')).rejects.toMatchObject({
      code: 'secrets_unreadable',
      message: expect.stringContaining('earlier encryption key'),
    });
  });

  it('leaves what no key opens as it is, and says so', async () => {
    const acme = await newCompany('Acme');
    await create(acme, await start(randomBytes(32).toString('base64')));
    const [lost] = await keyIds();
    const by = await start();
    await create(acme, by, 'other');
    expect(await rotate(by)).toMatchObject({ connections: 1, unreadable: 1 });
    expect(describeSecrets(await findConnection(acme, 'main'), by.key)).toEqual({ state: 'needed_again' });
    expect(await keyIds()).toContain(lost);
    // Entered again, they are sealed with the key that there is.
    await changeConnection(acme, by.key, await findConnection(acme, 'main'), { credentials });
    expect(await keyIds()).toEqual([by.key.id]);
  });
});
