import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type AccountsStage, openAccountsStage } from '../../../test/support/accounts-stage.ts';

let stage: AccountsStage;
let cookie: string;
beforeAll(async () => {
  stage = await openAccountsStage();
  cookie = (await stage.signInOwner()).cookieHeader();
});
afterAll(() => stage?.close());

const csv = 'employee_id,first_name,last_name\n00123,Zoë,Rao\n';
const send = (path: string, type: string, body: string | Uint8Array<ArrayBuffer>) =>
  fetch(new URL(path, stage.origin), {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'content-type': type },
    body,
  });

it('a file that is sent is shown, applied, exported and undone', async () => {
  const sent = await send('/api/v1/employee-imports?name=people.csv', 'text/csv', csv);
  expect(sent.status).toBe(201);
  const preview = z.looseObject({ id: z.string(), counts: z.unknown() }).parse(await sent.json());
  expect(preview.counts).toMatchObject({ added: 1, refused: 0 });
  const act = (what: string) =>
    send(`/api/v1/employee-imports/${preview.id}/${what}`, 'application/json', '{}');
  expect(await (await act('apply')).json()).toMatchObject({ added: 1 });
  const file = await fetch(new URL('/api/v1/employees/export?format=xlsx', stage.origin), {
    headers: { cookie },
  });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const again = await send('/api/v1/employee-imports?name=x.xlsx', 'application/octet-stream', bytes);
  expect(await again.json()).toMatchObject({ format: 'xlsx', counts: { unchanged: 1, added: 0 } });
  expect(await (await act('undo')).json()).toEqual({ removed: 1, restored: 0 });
});

it('what a form of another site could send is refused', async () => {
  const sent = await send('/api/v1/employee-imports?name=people.csv', 'text/plain', csv);
  expect(sent.status).toBe(422);
});
