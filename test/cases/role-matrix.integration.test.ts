import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import type { Organisation } from '../../src/accounts/organisation-context.ts';
import { makeOwnerLink } from '../../src/accounts/owner/owner-link.ts';
import { isPermission, type Permission } from '../../src/accounts/permissions.ts';
import { session } from '../../src/contract/session.ts';
import { type AccountsStage, openAccountsStage, type TestBrowser } from '../support/accounts-stage.ts';
import { type Stage, useStages } from '../support/case-stage.ts';
import { join, joinerPassword } from '../support/join.ts';

// Every route x every role x own, other team, other company. The routes are those that the server has: a new one is
// asked like the others, and a new GET that needs more than its address has to be given that in `asked` below.

const date = '2026-03-11';

/** What each role may do, written down once more: a mistake in permissions.ts alone fails here. */
const reading: readonly Permission[] = [
  'read attendance',
  'read the directory',
  'read runs',
  'read connections',
  'read members',
  'read the audit trail',
];
const changing: readonly Permission[] = [
  'start runs',
  'manage attendance rules',
  'correct attendance',
  'manage the directory',
  'manage connections',
  'manage members',
  'manage API tokens',
  'manage the organisation',
  'export or erase a person',
];
const roles: Readonly<Record<string, readonly Permission[]>> = {
  owner: [...reading, ...changing],
  admin: [...reading, ...changing],
  manager: ['read attendance', 'read the directory'],
  employee: ['read attendance'],
  auditor: reading,
};
const ownTeam = 'Ownteam';
const otherTeam = 'Otherteam';
const otherCompany = 'Foreigner';

describe('the matrix of routes and roles', () => {
  const stages = useStages();
  let company: Stage;
  let foreign: Stage;
  let stage: AccountsStage;
  let browsers: Record<string, TestBrowser>;
  let foreignOwner: TestBrowser;
  /** Ids of both companies by the resource in whose addresses they stand. */
  let own: Record<string, string>;
  let theirs: Record<string, string>;

  beforeAll(async () => {
    const open = async (name: string, first: string, second: string) => {
      const opened = await stages.open({
        name,
        scenario: smallScenario(3, [date]),
        directory: `employee_id,first_name,last_name,email,team\nE1,${first},One,one@${name}.example,Sales\nE2,${second},Two,two@${name}.example,Support\n`,
      });
      await opened.fetch(date);
      return opened;
    };
    company = await open('Acme', ownTeam, otherTeam);
    foreign = await open('Bolt', otherCompany, otherCompany);
    stage = await openAccountsStage({
      database: stages.database,
      environment: { HAJIRI_ENCRYPTION_KEY: company.company.encryptionKeyText },
    });
    const owner = await becomeOwner(company.company.context.organisation);
    foreignOwner = await becomeOwner(foreign.company.context.organisation);
    browsers = { owner };
    for (const membership of [
      { role: 'admin' },
      { role: 'auditor' },
      { role: 'manager', teams: ['Sales'] },
      { role: 'employee' },
    ]) {
      // The employee is found in the directory by the address.
      const email = membership.role === 'employee' ? 'one@acme.example' : `${membership.role}@acme.example`;
      const name = `The ${membership.role}`;
      browsers[membership.role] = await join(stage, owner, { email, name, membership });
    }
    [own, theirs] = await Promise.all([idsOf(company, owner), idsOf(foreign, foreignOwner)]);
  });
  afterAll(() => stage?.close());

  async function becomeOwner(organisation: Organisation): Promise<TestBrowser> {
    const who = {
      actor: { kind: 'command_line', user: 't' },
      origin: { address: null, requestId: null },
    } as const;
    const { token } = await makeOwnerLink({ ...stage.installation, ...who }, organisation);
    const browser = stage.browser();
    const account = {
      name: `Owner of ${organisation.name}`,
      email: `o@${organisation.name}.example`,
      password: joinerPassword,
    };
    await browser.post('/api/v1/owner-link/accept', { token, account });
    return browser;
  }

  async function idsOf({ company }: Stage, owner: TestBrowser) {
    const find = async (table: string) => {
      const { rows } = await stage.database.pool.query<{ id: string }>(
        `select id from ${table} where organisation_id = $1 limit 1`,
        [company.context.organisation.id],
      );
      return rows[0]?.id ?? randomUUID();
    };
    const { person } = session.parse(await owner.get('/api/v1/session'));
    return {
      connections: (await company.connection()).id,
      runs: await find('run'),
      employees: await find('employee'),
      teams: await find('team'),
      invitations: await find('invitation'),
      'employee-imports': await find('employee_import'),
      members: person.id,
    };
  }

  type Route = { readonly method: string; readonly path: string; readonly needs: Permission };
  const routes = (): readonly Route[] =>
    [...stage.routeNeeds].flatMap(([name, needs]) => {
      const [method = '', path = ''] = name.split(' ');
      return isPermission(needs) && method !== 'HEAD' ? [{ method, path, needs }] : [];
    });
  const address = (path: string, ids: Record<string, string>) =>
    path.replaceAll(/:\w+/g, () => ids[path.split('/')[3] ?? ''] ?? randomUUID());
  const bodyFor = (method: string) => (method === 'GET' || method === 'DELETE' ? undefined : {});
  /** What a GET needs besides its address. */
  const asked = (path: string): string =>
    ({
      '/api/v1/reports/daily': `?date=${date}`,
      '/api/v1/coverage': `?from=${date}&to=${date}`,
      '/api/v1/drift': '?month=2026-03',
      '/api/v1/people/export': `?person=${own.employees}`,
      '/api/v1/connections/:id/key-change': '?key=email',
    })[path] ?? '';

  it('has all routes and all permissions', () => {
    expect(routes().length).toBeGreaterThan(40);
    expect(new Set([...reading, ...changing]).size).toBe(15);
    for (const permission of routes().map(({ needs }) => needs))
      expect([...reading, ...changing]).toContain(permission);
  });

  it('opens a route to the roles that have its permission, and to no other', async () => {
    const faults: string[] = [];
    for (const { method, path, needs } of routes()) {
      for (const [role, allowed] of Object.entries(roles)) {
        const answer = await browsers[role]?.ask(method, address(path, {}), bodyFor(method));
        const isRefused = answer?.status === 403 && /not_allowed/.test(JSON.stringify(answer.body));
        if (isRefused === allowed.includes(needs) || answer?.status === 401) {
          faults.push(`${role}: ${method} ${path} answers ${answer?.status}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('shows nobody of another team to a manager or an employee, and nobody of another company to anyone', async () => {
    const faults: string[] = [];
    for (const { method, path, needs } of routes()) {
      if (method !== 'GET') continue;
      for (const [role, allowed] of Object.entries(roles)) {
        const answer = await browsers[role]?.ask('GET', `${address(path, own)}${asked(path)}`);
        const text = JSON.stringify(answer?.body);
        if (role === 'owner' && answer?.status !== 200) faults.push(`give ${path} what it needs: ${text}`);
        if (text.includes(otherCompany)) faults.push(`${role} sees another company at ${path}`);
        if (
          ['manager', 'employee'].includes(role) &&
          (text.includes(otherTeam) || /Asha Rao [23]/.test(text))
        ) {
          faults.push(`${role} sees another team at ${path}`);
        }
        if (!allowed.includes(needs) && text.includes(ownTeam)) faults.push(`${role} sees people at ${path}`);
      }
    }
    expect(faults).toEqual([]);
    for (const role of ['owner', 'manager', 'employee']) {
      for (const report of [`daily?date=${date}`, `detailed?from=${date}&to=${date}`]) {
        const address = `/api/v1/reports/${report}`;
        expect(JSON.stringify(await browsers[role]?.get(address))).toContain(ownTeam);
        const file = await browsers[role]?.ask('GET', `${address}&format=csv`);
        expect(String(file?.body)).toContain(ownTeam);
        expect(String(file?.body).includes(otherTeam)).toBe(role === 'owner');
      }
    }
  });

  it('answers about another company as if there were none', async () => {
    const faults: string[] = [];
    for (const { method, path } of routes()) {
      const named = await browsers.owner?.ask(
        method,
        `${address(path, own)}?organisation=Bolt`,
        bodyFor(method),
      );
      if (named?.status !== 404) faults.push(`${method} ${path} of Bolt answers ${named?.status}`);
      if (!path.includes(':')) continue;
      const withId = await browsers.owner?.ask(
        method,
        `${address(path, theirs)}${method === 'GET' ? asked(path) : ''}`,
        bodyFor(method),
      );
      // What the body lacks may be told first.
      const isHidden = withId?.status === 404 || (withId?.status === 422 && method !== 'GET');
      if (!isHidden) faults.push(`${method} ${path} with an id of Bolt answers ${withId?.status}`);
    }
    expect(faults).toEqual([]);
  });
});
