import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { until } from '../../test/support/until.ts';
import { askSecret } from './ask-secret.ts';

function typist() {
  const input = new PassThrough();
  let shown = '';
  const terminal = {
    write: () => {},
    tell: (text: string) => {
      shown += text;
    },
    isInteractive: true,
    input,
    environment: {},
  };
  return { terminal, input, shown: () => shown };
}

const never = new AbortController().signal;

describe('the question for a secret', () => {
  it('names what it asks for and shows none of what is typed', async () => {
    const { terminal, input, shown } = typist();
    const answer = askSecret(terminal, 'API Key', never);
    input.write('ab+c/d==\r');
    await expect(answer).resolves.toBe('ab+c/d==');
    expect(shown()).toContain('API Key from Keka:');
    expect(shown()).toContain('••••••••');
    expect(shown()).not.toContain('ab+c');
  });

  it('cannot be made to show it', async () => {
    const { terminal, input, shown } = typist();
    const answer = askSecret(terminal, 'API Key', never);
    input.write('secret\u0014\r');
    await answer;
    expect(shown()).not.toContain('secret');
  });

  it('is asked again after an empty answer', async () => {
    const { terminal, input, shown } = typist();
    const answer = askSecret(terminal, 'Client ID', never);
    input.write('\r');
    await until(() => shown().includes('must not be empty'));
    input.write('mine\r');
    await expect(answer).resolves.toBe('mine');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('can be left with %s', async (_, key) => {
    const { terminal, input } = typist();
    const answer = askSecret(terminal, 'Client ID', never);
    input.write(key);
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('ends with the signal', async () => {
    const stopping = new AbortController();
    const { terminal } = typist();
    const answer = askSecret(terminal, 'Client ID', stopping.signal);
    stopping.abort();
    await expect(answer).rejects.toMatchObject({ code: 'interrupted' });
  });
});
