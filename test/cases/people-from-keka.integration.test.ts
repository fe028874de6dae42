import { describe, expect, it } from 'vitest';
import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { summariseLinks } from '../../src/directory/links/list-links.ts';
import { changePeopleSettings } from '../../src/directory/links/people-settings.ts';
import { listEmployees } from '../../src/directory/list-employees.ts';
import { type Stage, useStages } from '../support/case-stage.ts';

// Who is in Keka, and how the directory follows.

const stages = useStages();
const days = ['2026-03-11'];
const employeeRequests = ({ control }: Stage) =>
  control.requests().filter(({ path }) => path.endsWith('/hris/employees'));
const codes = async ({ company }: Stage) =>
  (await listEmployees(company.context)).rows.map(({ employeeId }) => employeeId ?? '');

describe('people in Keka', () => {
  it('are read wholly when due and as far as they changed in between, with the directory following', async () => {
    const stage = await stages.open({
      scenario: smallScenario(2, days),
      directory: 'employee_id,first_name,last_name,location\nE1,Asha,Old,Pune\nE2,Binod,Jha,Pune\n',
    });
    await changePeopleSettings(stage.company.context, 'test', { overwrite: ['last_name', 'leaving_date'] });
    await stage.fetch('2026-03-11');
    const names = async () =>
      (await listEmployees(stage.company.context)).rows.map(({ lastName }) => lastName);
    expect((await names()).toSorted()).toEqual(['Rao 1', 'Rao 2']);
    stage.control.reset();
    await stage.fetch('2026-03-11');
    expect(employeeRequests(stage)).toHaveLength(0);
    stage.clock.advance({ hours: 2 });
    stage.control.upsertEmployees([
      profile(1, { lastName: 'Rao-Sen', exitDate: '2026-03-31T00:00:00Z', employmentStatus: 1 }),
    ]);
    await stage.fetch('2026-03-11');
    expect(JSON.stringify(employeeRequests(stage)[0])).toContain('lastModified');
    const { rows } = await listEmployees(stage.company.context, { search: 'E1' });
    expect(rows).toMatchObject([{ lastName: 'Rao-Sen', leavingDate: '2026-03-31', location: 'Pune' }]);
  });

  it.each([
    ['never', ['E1']],
    ['suggest', ['E1']],
    ['create', ['E1', 'E2', 'E3']],
  ] as const)(
    'become employees by themselves only where that is the setting: %s',
    async (newPeople, expected) => {
      const scenario = smallScenario(4, [], {
        employees: [
          profile(1),
          profile(2, { jobTitle: { title: 'Weaver' } }),
          profile(3),
          profile(4, { employeeNumber: null }),
        ],
        attendance: [1, 2, 3].map((n) => record(n, '2026-03-11')),
      });
      const stage = await stages.open({
        scenario,
        directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\n',
      });
      await changePeopleSettings(stage.company.context, 'test', { newPeople });
      await stage.fetch('2026-03-11');
      expect(new Set(await codes(stage))).toEqual(new Set<string>(expected));
      if (newPeople === 'create') {
        expect(await stage.company.row('2026-03-11', 'E2')).toMatchObject({
          link: 'linked',
          designation: 'Weaver',
        });
      }
      await stage.fetch('2026-03-11', '2026-03-11', { peopleReadHours: 0 });
      expect(new Set(await codes(stage))).toEqual(new Set<string>(expected));
    },
  );

  it('stay unread with a key that lacks the privilege: attendance works, and what is missing is told', async () => {
    const stage = await stages.open({
      scenario: smallScenario(1, days),
      directory: 'employee_id,first_name,last_name\nE1,Asha,Rao\n',
    });
    stage.control.changeKey('main', { privileges: ['attendance'] });
    await stage.fetch('2026-03-11');
    expect(await stage.company.row('2026-03-11', 'E1')).toMatchObject({
      link: 'linked',
      sourceGuid: guid(1),
    });
    const { people } = await summariseLinks(stage.company.context, 'test');
    expect(people).toMatchObject({
      readAt: null,
      problem: 'privilege_missing',
      missing: expect.stringMatching(
        /Names, e-mail addresses.*not known\. People are linked by their employee number/,
      ),
    });
  });
});
