import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { type CommandLineStage, openCommandLineStage } from '../support/command-line-stage.ts';

// Who belongs to a company, and who in Keka is whom, by the commands alone.

const directory = [
  'employee_id,first_name,last_name,email,team',
  'E1,Asha,Rao,asha@acme.example,Weaving',
  '0002,Binod,Thakur,binod@acme.example,Dyeing',
].join('\n');

describe('the verbs about people', () => {
  let stage: CommandLineStage;
  let hajiri: CommandLineStage['hajiri'];
  let good: CommandLineStage['good'];
  let json: CommandLineStage['json'];
  beforeAll(async () => {
    const days = ['2026-03-10', '2026-03-11'];
    stage = await openCommandLineStage({
      directory,
      scenario: {
        ...smallScenario(1, days),
        // The directory has `0002` for the second one, and nobody for the third.
        employees: [profile(1), profile(2, { employeeNumber: '2' }), profile(3)],
        attendance: [1, 2, 3].flatMap((person) =>
          days.map((day) => record(person, day, person === 2 ? { employeeNumber: '2' } : {})),
        ),
      },
    });
    ({ hajiri, good, json } = stage);
  });
  afterAll(() => stage?.close());

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
