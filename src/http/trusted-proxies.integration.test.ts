import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AccountsStage, openAccountsStage, owner } from '../../test/support/accounts-stage.ts';

/** From where a sign-in came, as the audit trail has it. */
async function signInFrom(stage: AccountsStage, forwarded: string): Promise<string | null> {
  const browser = stage.browser({ 'x-forwarded-for': forwarded });
  await browser.post('/api/v1/session', { email: owner.email, password: owner.password });
  const { rows } = await stage.database.pool.query<{ address: string }>(
    "select address from audit_entry where action = 'signed in' order by id desc limit 1",
  );
  return rows[0]?.address ?? null;
}

describe('from where a request comes', () => {
  let alone: AccountsStage;
  let behind: AccountsStage;
  beforeAll(async () => {
    alone = await openAccountsStage();
    await alone.signInOwner();
    behind = await openAccountsStage({ environment: { HAJIRI_TRUSTED_PROXIES: '127.0.0.1, 10.9.0.0/16' } });
    await behind.signInOwner();
  });
  afterAll(async () => {
    await alone?.close();
    await behind?.close();
  });

  it('is what the connection says, whatever the request claims', async () => {
    expect(await signInFrom(alone, '203.0.113.7')).toBe('127.0.0.1');
  });

  it('is what a trusted proxy says', async () => {
    expect(await signInFrom(behind, '203.0.113.7')).toBe('203.0.113.7');
  });

  it('is the last address that no trusted proxy has: what stands before it can be claimed by anybody', async () => {
    expect(await signInFrom(behind, '198.51.100.1, 203.0.113.7, 10.9.1.1')).toBe('203.0.113.7');
  });
});
