import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type AccountsStage,
  openAccountsStage,
  owner,
  type TestBrowser,
} from '../../../test/support/accounts-stage.ts';
import { forgetExpired } from './forget-expired.ts';

describe('what is over', () => {
  let stage: AccountsStage;
  let own: TestBrowser;
  beforeAll(async () => {
    stage = await openAccountsStage();
    own = await stage.signInOwner();
  });
  afterAll(() => stage?.close());

  const count = async (table: string) => {
    const { rows } = await stage.database.pool.query<{ count: number }>(
      `select count(*)::int as count from sign_in.${table}`,
    );
    return rows[0]?.count;
  };

  it('opens nothing: a session ends at its time, and not before', async () => {
    const { email, password } = owner;
    const browser = stage.browser();
    await browser.post('/api/v1/session', { email, password });
    expect(await browser.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
    await stage.database.pool.query(
      `update sign_in.session set expires_at = now() - interval '1 second'
       where created_at = (select max(created_at) from sign_in.session)`,
    );
    expect(await browser.ask('GET', '/api/v1/runs')).toMatchObject({
      status: 401,
      body: { code: 'session_ended' },
    });
    expect(await own.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
  });

  it('is removed in the night, and nothing else', async () => {
    await stage.browser().ask('POST', '/api/v1/session', { email: 'a@b.example', password: 'x' });
    await stage.database.pool.query(
      `insert into sign_in.session (token, user_id, expires_at, created_at, updated_at)
       select 'over', id, now() - interval '1 day', now(), now() from sign_in."user"`,
    );
    const [sessions, attempts] = [await count('session'), await count('attempt')];
    expect(attempts).toBeGreaterThan(0);
    stage.clock.advance({ minutes: 16 });
    await forgetExpired(stage.installation);
    expect(await count('attempt')).toBe(0);
    expect(await count('session')).toBeLessThan(sessions ?? 0);
    expect(await own.ask('GET', '/api/v1/session')).toMatchObject({ status: 200 });
    expect(await count('one_time_link')).toBe(1);
    stage.clock.advance({ hours: 24 * 32 });
    await forgetExpired(stage.installation);
    expect(await count('one_time_link')).toBe(0);
  });
});
