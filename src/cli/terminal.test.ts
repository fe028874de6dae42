import { describe, expect, it } from 'vitest';
import { HajiriError, InvalidInputError } from '../errors/hajiri-error.ts';
import { createTerminal, tellError, writeJson, writeText } from './terminal.ts';

function screen(isTTY: boolean) {
  const shown = { out: '', told: '' };
  const terminal = createTerminal({
    stdin: { isTTY },
    stdout: { isTTY, write: (text) => void (shown.out += text) },
    stderr: { isTTY, write: (text) => void (shown.told += text) },
    env: {},
  });
  return { terminal, shown };
}

const hostile = 'Asha\u001B[2J\u009B31m,1\r\nBinod,2\r\n';

describe('a terminal', () => {
  it('shows a result without what would drive it, a CSV file too', () => {
    const { terminal, shown } = screen(true);
    terminal.write(hostile);
    expect(shown.out).toBe('Asha [2J 31m,1\nBinod,2\n');
  });

  it('is interactive only when somebody types and sees', () => {
    expect(screen(true).terminal.isInteractive).toBe(true);
    expect(screen(false).terminal.isInteractive).toBe(false);
  });
});

describe('a file or a pipe', () => {
  it('gets a result byte for byte', () => {
    const { terminal, shown } = screen(false);
    terminal.write(hostile);
    expect(shown.out).toBe(hostile);
  });

  it('gets text for people cleaned, and JSON that says the same without control characters', () => {
    const { terminal, shown } = screen(false);
    writeText(terminal, hostile);
    expect(shown.out).toBe('Asha [2J 31m,1\nBinod,2\n');
    shown.out = '';
    writeJson(terminal, { name: hostile });
    expect(shown.out.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(shown.out)).toEqual({ name: hostile });
  });
});

describe('an error', () => {
  it('is told as what happened, what to do and where to read more', () => {
    const { terminal, shown } = screen(false);
    const code = tellError(terminal, new HajiriError('port_taken', 'Port 4280 cannot be used.'), false);
    expect(code).toBe(1);
    expect(shown).toEqual({
      out: '',
      told: [
        'hajiri: Port 4280 cannot be used.',
        '  What to do: Stop the program that uses it, or choose another port.',
        '  More: docs/problems/port_taken.md\n',
      ].join('\n'),
    });
  });

  it('of the input names each field with its reason, and ends with code 2', () => {
    const { terminal, shown } = screen(false);
    const faults = [
      { field: 'zone', reason: 'must be an IANA time zone' },
      { field: 'na\u001Bme', reason: 'must not be empty' },
    ];
    expect(tellError(terminal, new InvalidInputError(faults), false)).toBe(2);
    expect(shown.told).toMatch(
      /^hajiri: not valid:\n {2}zone: must be an IANA time zone\n {2}na me: must not be empty\n/,
    );
  });

  it('is a document on standard output where JSON was asked for', () => {
    const { terminal, shown } = screen(false);
    tellError(terminal, new HajiriError('not_found', 'There is no run x.', { details: { run: 'x' } }), true);
    expect(shown.told).toBe('');
    expect(JSON.parse(shown.out)).toEqual({
      error: {
        code: 'not_found',
        message: 'There is no run x.',
        whatToDo: 'Check the spelling; the list commands show what exists.',
        page: 'docs/problems/not_found.md',
        details: { run: 'x' },
      },
    });
  });

  it('that nobody foresaw shows where it came from and nothing that it quotes', () => {
    const { terminal, shown } = screen(false);
    expect(tellError(terminal, new Error('Asha Canary, asha@canary.example\n    and more'), false)).toBe(1);
    expect(shown.told).toContain('hajiri: Hajiri made a mistake and stopped.');
    expect(shown.told).toMatch(/\n {4}at .*terminal\.test\.ts/);
    expect(shown.told).not.toMatch(/Asha|canary|and more/);
    expect(tellError(screen(false).terminal, 'not even an error', false)).toBe(1);
  });
});
