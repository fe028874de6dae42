import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InputFault, InvalidInputError } from '../../src/errors/hajiri-error.ts';
import { record } from '../testing/small-scenario.ts';
import { loadScenario } from './load-scenario.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hajiri-scenario-'));
});
afterEach(async () => rm(folder, { recursive: true }));

async function write(files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
}

async function faults(from = folder): Promise<readonly InputFault[]> {
  try {
    await loadScenario(from);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
  return [];
}

const tenant = {
  subdomain: 'acme',
  keys: [{ name: 'main', clientId: 'a', clientSecret: 'b', apiKey: 'c' }],
};

describe('a scenario folder', () => {
  it('needs only tenant.json; everything else has a default', async () => {
    await write({ 'tenant.json': tenant });
    const scenario = await loadScenario(folder);
    expect(scenario).toMatchObject({
      employees: [],
      attendance: [],
      corrections: [],
      faults: [],
      generate: null,
    });
    expect(scenario.tenant).toMatchObject({
      subdomain: ['acme'],
      zone: 'Asia/Kolkata',
      clock: { start: null },
      keys: [{ privileges: ['employees', 'attendance'], expiresAt: null, revoked: false }],
      switches: { links: 'absolute', tokenSeconds: 86_400 },
      rateLimit: { requests: 50, seconds: 60 },
    });
  });

  it('names all faults of all files at once', async () => {
    await write({
      'tenant.json': {
        ...tenant,
        zone: 'IST+5:30',
        switches: { linkz: 'null' },
        rateLimit: { requests: -1 },
      },
      'attendance.json': [record(1, '2026-03-11'), { attendanceDate: 'garbage' }, 5, { $day: '2026-02-30' }],
      'employees.json': [{ firstName: 'Asha' }],
      'faults.json': [
        { answer: { kind: 'explode' } },
        { answer: { kind: 'respond', status: 200, bodyFile: 'no.html' } },
      ],
      'corrections.json': [{ record: record(1, '2026-03-11') }],
      'generate.json': '{ "seed": 1,',
      'fualts.json': [],
    });
    expect((await faults()).map(({ field }) => field).sort()).toEqual([
      'attendance.json [1].attendanceDate',
      'attendance.json [2]',
      'attendance.json [3]',
      'corrections.json [0]',
      'employees.json [0].id',
      'faults.json [0].answer.kind',
      'faults.json [1].answer.bodyFile',
      'fualts.json',
      'generate.json',
      'tenant.json rateLimit.requests',
      'tenant.json switches',
      'tenant.json zone',
    ]);
    expect((await faults()).every(({ reason }) => reason.length > 5)).toBe(true);
  });

  it('must be there and have a tenant', async () => {
    expect(await faults()).toEqual(expect.arrayContaining([{ field: 'tenant.json', reason: 'is missing' }]));
    const nowhere = join(folder, 'nothing');
    expect(await faults(nowhere)).toEqual([{ field: nowhere, reason: 'is no readable folder (ENOENT)' }]);
  });

  it('may keep the body of a fault in a file beside it, but not outside', async () => {
    await write({
      'tenant.json': tenant,
      'page.html': '<html>maintenance</html>',
      'faults.json': [{ answer: { kind: 'respond', status: 200, bodyFile: 'page.html' } }],
    });
    expect((await loadScenario(folder)).faults[0]?.answer).toMatchObject({
      body: '<html>maintenance</html>',
    });
    await write({ 'faults.json': [{ answer: { kind: 'respond', status: 200, bodyFile: '../page.html' } }] });
    expect((await faults()).map(({ field }) => field)).toEqual(['faults.json [0].answer.bodyFile']);
  });

  it('refuses two keys of one name and a subdomain that is none', async () => {
    const key = tenant.keys[0];
    await write({ 'tenant.json': { subdomain: 'acme.keka.com', keys: [key, key] } });
    expect((await faults()).map(({ field }) => field).sort()).toEqual([
      'tenant.json keys[1].name',
      'tenant.json subdomain',
    ]);
  });
});
