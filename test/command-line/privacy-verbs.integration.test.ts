import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { useStages } from '../support/case-stage.ts';

const day = '2026-03-11';

describe('verbs for tokens, keys, people and retention', () => {
  const stages = useStages();
  const open = () =>
    stages.open({
      scenario: smallScenario(2, [day]),
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\nE2,Priya,Thakur\n',
    });

  it('a token is printed once, listed without what it says, and revoked', async () => {
    const stage = await open();
    const made = await stage.run('tokens', 'create', 'reports', '--scope', 'read_reports', '--days', '30');
    expect(made.code).toBe(0);
    expect(made.out).toMatch(/^hjr_[0-9A-Za-z]{49}\n$/);
    expect(made.told).toContain('2026-04-11');
    const listed = await stage.run('tokens', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject([
      { name: 'reports', scopes: ['read_reports'], state: 'good', ending: made.out.trim().slice(-4) },
    ]);
    expect(listed.out).not.toContain(made.out.trim());
    expect((await stage.run('tokens', 'revoke', 'reports')).out).toContain('Revoked "reports"');
    expect((await stage.run('tokens', 'list')).out).toContain('revoked');
    expect(await stage.run('tokens', 'revoke', 'reports')).toMatchObject({ code: 1 });
  });

  it.each([
    [['tokens', 'create', 'x']],
    [['tokens', 'create', 'x', '--scope', 'everything']],
    [['tokens', 'create', 'x', '--scope', 'read_reports', '--days', '0']],
    [['tokens', 'create', 'x', '--scope', 'read_reports', '--days', 'x']],
    [['people', 'erase', 'E1']],
    [['retention', 'change', '--audit', '5']],
    [['retention', 'change', '--runs', 'x']],
  ])('%j is refused, and nothing is changed', async (argv) => {
    const stage = await open();
    expect(await stage.run(...argv)).toMatchObject({ code: 2 });
    expect(JSON.parse((await stage.run('tokens', 'list', '--json')).out)).toEqual([]);
    expect((await stage.company.row(day, 'E1')).name).toBe('Asha Rao');
  });

  it('the keys are named, and a configured one asks for the new one first', async () => {
    const stage = await open();
    const keys = await stage.installation.run('keys', 'list', '--json');
    expect(JSON.parse(keys.out)).toEqual(
      expect.arrayContaining([expect.objectContaining({ isCurrent: true })]),
    );
    expect(keys.out).not.toContain(stage.company.encryptionKeyText);
    expect((await stage.installation.run('keys', 'list')).out).toContain('Connections');
  });

  it('a person is written into a new file for its owner alone', async () => {
    const stage = await open();
    await stage.fetch(day);
    const folder = await mkdtemp(join(tmpdir(), 'hajiri-person-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'E1.json');
    expect(await stage.run('people', 'export', 'E1', '--output', file)).toMatchObject({ code: 0, out: '' });
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
    const exported = z.looseObject({ directory: z.array(z.looseObject({ first_name: z.string() })) });
    expect(exported.parse(JSON.parse(await readFile(file, 'utf8'))).directory[0]?.first_name).toBe('Asha');
    // What is there is not written over.
    expect(await stage.run('people', 'export', 'E2', '--output', file)).toMatchObject({ code: 2 });
    expect(await stage.run('people', 'export', 'E9')).toMatchObject({ code: 1 });
  });

  it('a person is erased after a clear yes', async () => {
    const stage = await open();
    await stage.fetch(day);
    expect((await stage.run('people', 'erase', 'E1', '--yes')).out).toContain('1 days are kept');
    const { rows } = await stage.company.daily(day);
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(['Erased person', 'Priya Thakur']));
  });

  it('how long data is kept is shown and changed', async () => {
    const stage = await open();
    expect((await stage.run('retention', 'show')).out).toContain('365 days');
    const changed = await stage.run('retention', 'change', '--raw-records', '150', '--json');
    expect(JSON.parse(changed.out)).toEqual({
      rawRecordDays: 150,
      revisionDays: 1095,
      runDays: 400,
      auditDays: 1095,
    });
  });
});
