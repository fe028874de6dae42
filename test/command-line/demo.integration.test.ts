import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type HajiriHome, makeHome } from '../support/hajiri-home.ts';

const scenario = new URL('../../sandbox/scenarios/demo', import.meta.url).pathname;

const demo = z.strictObject({
  daily: z.looseObject({
    date: z.iso.date(),
    zone: z.literal('Asia/Kolkata'),
    dataAsOf: z.iso.datetime(),
    rows: z.array(z.looseObject({ employeeId: z.string().nullable(), status: z.string() })),
  }),
  integration: z.looseObject({
    run: z.looseObject({ state: z.string(), trigger: z.literal('demo') }),
    problems: z.array(z.looseObject({ code: z.string(), whatToDo: z.string() })),
  }),
});

describe('the programs that a newcomer starts', () => {
  let home: HajiriHome;
  beforeAll(async () => {
    home = await makeHome({ HAJIRI_PORT: '0' });
  });
  afterAll(() => home?.remove());

  it('hajiri demo --exit --json: both reports as one document, and nothing left running', async () => {
    const { exitCode, out } = await home.run('demo', '--exit', '--json');
    expect(exitCode).toBe(0);
    const { daily, integration } = demo.parse(JSON.parse(out));
    expect(daily.rows.length).toBeGreaterThan(230);
    expect(daily.rows.filter(({ employeeId }) => employeeId === null).length).toBeGreaterThanOrEqual(5);
    const codes = new Set(integration.problems.map(({ code }) => code));
    expect([...codes]).toEqual(expect.arrayContaining(['no_employee_id', 'not_in_directory']));
    expect(await home.serverPid('demo')).toBeNull();
  });

  it('hajiri demo --exit, again on the same folder: both reports for people', async () => {
    const { exitCode, out } = await home.run('demo', '--exit');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Daily Attendance \d{4}-\d{2}-\d{2} · times in Asia\/Kolkata · data as of /);
    expect(out).toMatch(/\n\nIntegration report · run [0-9a-f-]{36}\ndemo · /);
    // The second time nothing is new.
    expect(out).toMatch(/Days: 0 new, \d+ changed, \d+ unchanged/);
  });

  it('hajiri demo serves the same until it is stopped', async () => {
    const process = home.start(['demo']);
    await process.said('Access token until then: ');
    await process.said('Try: ');
    expect(await home.serverPid('demo')).not.toBeNull();
    const [, token = '', origin = ''] = /Bearer (\S+)" (http:\/\/[\d.:]+)/.exec(process.told()) ?? [];
    const response = await fetch(`${origin}/api/v1/reports/daily`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(demo.shape.daily.parse(await response.json()).rows.length).toBeGreaterThan(230);
    process.signal('SIGTERM');
    await process.ended;
    expect(process.out()).toContain('Daily Attendance');
    expect(await home.serverPid('demo')).toBeNull();
  });

  it('hajiri sandbox says what to set, answers, and ends with the signal', async () => {
    const process = home.start(['sandbox', '--scenario', scenario]);
    await process.said('HAJIRI_KEKA_TENANT_URL');
    const login = /HAJIRI_KEKA_LOGIN_URL=(http:\/\/127\.0\.0\.1:\d+\/\S+)/.exec(process.out())?.[1] ?? '';
    const response = await fetch(`${login}/connect/token`, { method: 'POST', body: 'grant_type=kekaapi' });
    expect(response.status).toBe(400);
    process.signal('SIGTERM');
    const { exitCode, told } = await process.ended;
    expect({ exitCode, told }).toEqual({ exitCode: 0, told: '' });
  });

  it('hajiri sandbox says so when its port is taken or its scenario is none', async () => {
    const first = home.start(['sandbox', '--scenario', scenario]);
    await first.said('HAJIRI_KEKA_TENANT_URL');
    const port = /127\.0\.0\.1:(\d+)/.exec(first.out())?.[1] ?? '';
    const second = await home.run('sandbox', '--scenario', scenario, '--port', port);
    expect(second.exitCode).toBe(1);
    expect(second.told).toContain(`hajiri: The sandbox cannot listen on port ${port}`);
    const none = await home.run('sandbox', '--scenario', home.dataFolder);
    expect(none.exitCode).toBe(2);
    expect(none.told).toContain('tenant.json');
    first.signal('SIGTERM');
    await first.ended;
  });
});
