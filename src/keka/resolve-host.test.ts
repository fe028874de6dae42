import { describe, expect, it } from 'vitest';
import { resolveHost } from './resolve-host.ts';

describe('looking for the address of a host', () => {
  const never = new AbortController().signal;

  it('finds this machine, by name or by number', async () => {
    await resolveHost('localhost', never);
    await resolveHost('127.0.0.1', never);
    await resolveHost('[::1]', never);
  });

  it('says that a name has none', async () => {
    await expect(resolveHost('company.invalid', never)).rejects.toMatchObject({
      code: 'network_dns',
      details: { host: 'company.invalid' },
    });
  });

  it('waits for nothing when nobody wants to know any more', async () => {
    const leaving = new AbortController();
    const asked = resolveHost('company.invalid', leaving.signal);
    leaving.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
  });
});
