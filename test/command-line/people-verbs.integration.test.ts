import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.ts';
import { credentials, guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { type Spoken, type TestInstallation, testInstallation } from '../support/run-hajiri.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

// Who belongs to a company, and who in Keka is whom, by the commands alone.

const directory = [
  'employee_id,first_name,last_name,email,team',
  'E1,Asha,Rao,asha@acme.example,Weaving',
  '0002,Binod,Thakur,binod@acme.example,Dyeing',
].join('\n');

describe('the verbs about people', () => {
  const clock = new FakeClock('2026-03-12T05:30:00Z');
  let folder: string;
  let database: TestDatabase;
  let sandbox: Sandbox;
  let hajiri: TestInstallation;

  /** Runs a command that must go well. */
  async function good(...argv: readonly string[]): Promise<Spoken> {
    clock.advance({ milliseconds: 1 });
    const spoken = await hajiri.run(...argv);
    expect(spoken, argv.join(' ')).toMatchObject({ code: 0 });
    return spoken;
  }
  const json = async (...argv: readonly string[]): Promise<unknown> =>
    JSON.parse((await good(...argv, '--json')).out);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hajiri-people-'));
    const file = join(folder, 'employees.csv');
    await writeFile(file, directory);
    database = await createTestDatabase();
    const days = ['2026-03-10', '2026-03-11'];
    sandbox = await startSandbox({
      scenario: {
        ...smallScenario(1, days),
        // The directory has `0002` for the second one, and nobody for the third.
        employees: [profile(1), profile(2, { employeeNumber: '2' }), profile(3)],
        attendance: [1, 2, 3].flatMap((person) =>
          days.map((day) => record(person, day, person === 2 ? { employeeNumber: '2' } : {})),
        ),
      },
      clock,
    });
    const encryptionKeyText = randomBytes(32).toString('base64');
    hajiri = testInstallation({ database, clock, sandbox, company: { credentials, encryptionKeyText } });
    await good('organisations', 'add', 'Acme', '--zone', 'Asia/Kolkata');
    await good('connections', 'add', 'main', '--subdomain', 'acme');
    await good('employees', 'import', file);
    await good('fetch', '--from', '2026-03-10', '--to', '2026-03-11');
  });
  afterAll(async () => {
    await sandbox?.close();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  describe('accounts', () => {
    it('invite somebody by a link, and list them until they join', async () => {
      expect((await good('accounts', 'list')).out).toBe('There is nobody.\n');
      const { out, told } = await good('accounts', 'invite', 'Lena@acme.example', '--role', 'auditor');
      expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/invitation#\S+\n$/);
      expect(told).toContain('joins "Acme" as auditor');
      expect(
        await json('accounts', 'invite', 'omar@acme.example', '--role', 'manager', '--team', 'Weaving'),
      ).toEqual({
        link: expect.stringContaining('/invitation#') as string,
        expiresAt: expect.stringMatching(/^2026-03-19T05:30:00/) as string,
      });
      expect(await json('accounts', 'list')).toMatchObject({
        members: [],
        invitations: [
          { email: 'omar@acme.example', role: 'manager', teams: ['Weaving'] },
          { email: 'lena@acme.example', role: 'auditor' },
        ],
      });
      expect((await good('accounts', 'list')).out).toMatch(/lena@acme\.example +auditor +invited/);
    });

    it.each([
      [['invite', 'no-address', '--role', 'auditor'], 'email'],
      [['invite', 'x@acme.example', '--role', 'king'], 'role'],
      [['invite', 'x@acme.example'], 'role'],
      [['invite', 'x@acme.example', '--role', 'manager'], 'team'],
    ])('refuse %j, naming what is wrong, and invite nobody', async (argv, field) => {
      const spoken = await hajiri.run('accounts', ...argv);
      expect(spoken.code).toBe(2);
      expect(spoken.told.toLowerCase()).toContain(field);
      const { invitations } = z
        .object({ invitations: z.array(z.unknown()) })
        .parse(await json('accounts', 'list'));
      expect(invitations).toHaveLength(2);
    });

    it('say that there is no such member to remove or to give a new password', async () => {
      for (const verb of ['remove', 'reset']) {
        const spoken = await hajiri.run('accounts', verb, 'nobody@acme.example');
        expect(spoken.code).toBe(1);
        expect(spoken.told).toMatch(/There is no (?:active )?member with this e-mail address\./);
      }
    });
  });

  describe('links', () => {
    it('list who is not linked, why, and whom they may be', async () => {
      const { out } = await good('links', 'list');
      expect(out).toMatch(/linked 1/);
      expect(out).toMatch(/^not_in_directory +2 .*0002/m);
      const { rows } = z
        .object({
          rows: z.array(z.object({ kind: z.string(), person: z.object({ guid: z.string() }).nullable() })),
        })
        .parse(await json('links', 'list', '--kind', 'not_in_directory'));
      expect(new Set(rows.map(({ person }) => person?.guid))).toEqual(new Set([guid(2), guid(3)]));
      expect(await hajiri.run('links', 'list', '--kind', 'odd')).toMatchObject({ code: 2 });
    });

    it('accept a suggestion only when told to, and take it back', async () => {
      const { out } = await good('links', 'accept-suggestions');
      expect(out).toContain('2: nobody → 0002, 2 days');
      expect(out).toContain('Nothing is changed. Do it with --apply.');
      expect((await good('links', 'list')).out).toMatch(/linked 1/);
      const { batch } = z
        .object({ batch: z.string() })
        .parse(await json('links', 'accept-suggestions', '--apply'));
      expect((await good('links', 'list')).out).toMatch(/linked 2/);
      expect((await good('links', 'decisions')).out).toContain(batch);
      expect((await good('links', 'undo', batch)).out).toBe('1 decisions are undone.\n');
      expect((await good('links', 'list')).out).toMatch(/linked 1/);
    });

    it('link, ignore and free somebody by hand', async () => {
      await good('links', 'set', guid(2), '0002');
      expect((await good('links', 'list')).out).toMatch(/linked 2/);
      await good('links', 'remove', guid(2));
      expect((await good('links', 'list')).out).toMatch(/linked 1/);
      await good('links', 'ignore', guid(3), '--reason', 'A door for visitors');
      expect((await good('links', 'decisions')).out).toContain('A door for visitors');
      expect(await json('links', 'list')).toMatchObject({ counts: { ignored: 1 } });
      const spoken = await hajiri.run('links', 'set', guid(3), 'E99');
      expect(spoken).toMatchObject({ code: 2 });
      expect(spoken.told).toContain('nobody in the directory');
    });

    it('say what another key would change, and change nothing without --apply', async () => {
      const { out } = await good('links', 'change-key', 'email');
      expect(out).toContain('Nothing is changed. Do it with --apply.');
      expect((await good('connections', 'list')).out).toContain('employee');
      expect(await hajiri.run('links', 'change-key', 'shoe-size')).toMatchObject({ code: 2 });
    });
  });
});
