import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { type AccessToken, createAccessTokenSource } from './access-token.ts';

const forever = new AbortController().signal;

function sourceOf(lifetimeSeconds: number) {
  const clock = new FakeClock('2026-04-01T05:30:00Z');
  let requested = 0;
  const tokens = createAccessTokenSource({
    clock,
    request: async () => {
      requested += 1;
      return { value: `token-${requested}`, lifetimeSeconds };
    },
  });
  return { clock, tokens, get: () => tokens.get(forever), requested: () => requested };
}

describe('the access token', () => {
  it('is kept until two minutes before its end', async () => {
    const { clock, get } = sourceOf(3600);
    expect(await get()).toBe('token-1');
    clock.advance({ seconds: 3479 });
    expect(await get()).toBe('token-1');
    clock.advance({ seconds: 1 });
    expect(await get()).toBe('token-2');
  });

  it('that lives shorter than four minutes is kept for half its life, not asked for each time', async () => {
    const { clock, get } = sourceOf(10);
    await get();
    clock.advance({ seconds: 4 });
    expect(await get()).toBe('token-1');
    clock.advance({ seconds: 1 });
    expect(await get()).toBe('token-2');
  });

  it('is asked for once by all who come at the same time', async () => {
    const { get, requested } = sourceOf(3600);
    expect(await Promise.all([get(), get(), get()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(requested()).toBe(1);
  });

  it('is replaced once when several discard the same one', async () => {
    const { tokens, get } = sourceOf(3600);
    const first = await get();
    tokens.discard(first);
    const second = await get();
    tokens.discard(first);
    expect(await get()).toBe(second);
  });

  it('is renewed on demand', async () => {
    const { tokens, get } = sourceOf(3600);
    await get();
    await tokens.renew(forever);
    expect(await get()).toBe('token-2');
  });

  it('is asked for again after a failure', async () => {
    let calls = 0;
    const tokens = createAccessTokenSource({
      clock: new FakeClock('2026-04-01T05:30:00Z'),
      request: async () => {
        calls += 1;
        if (calls === 1) throw new Error('refused');
        return { value: 'token', lifetimeSeconds: 60 };
      },
    });
    await expect(tokens.get(forever)).rejects.toThrow('refused');
    await expect(tokens.get(forever)).resolves.toBe('token');
  });

  it('is still fetched for the others when one leaves, and no longer when all have left', async () => {
    const answer = Promise.withResolvers<AccessToken>();
    let requestSignal: AbortSignal | undefined;
    const tokens = createAccessTokenSource({
      clock: new FakeClock('2026-04-01T05:30:00Z'),
      request: (signal) => {
        requestSignal = signal;
        return answer.promise;
      },
    });
    const one = new AbortController();
    const other = new AbortController();
    const first = tokens.get(one.signal);
    const second = tokens.get(other.signal);
    one.abort(new Error('one left'));
    await expect(first).rejects.toThrow('one left');
    expect(requestSignal?.aborted).toBe(false);
    other.abort(new Error('other left'));
    await expect(second).rejects.toThrow('other left');
    expect(requestSignal?.aborted).toBe(true);
  });
});
