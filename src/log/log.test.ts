import { describe, expect, it } from 'vitest';
import { HajiriError } from '../errors/hajiri-error.ts';
import { createLog, type Log } from './log.ts';

/** The lines that are written while `work` goes on. */
function linesOf(level: string, work: (log: Log) => void): readonly Record<string, unknown>[] {
  const lines: string[] = [];
  work(createLog(level, { write: (line) => void lines.push(line) }));
  return lines.map((line) => {
    expect(line).toMatch(/^\{[^\n]*\}\n$/);
    return JSON.parse(line) as Record<string, unknown>; // an object, as just seen
  });
}

describe('the log', () => {
  it('is one line of JSON for each event, with the time in UTC and nothing of the machine', () => {
    const [line, ...rest] = linesOf('info', (log) => log.info({ run: 7 }, 'run_started'));
    expect(rest).toEqual([]);
    expect(line).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/),
      run: 7,
      msg: 'run_started',
    });
  });

  it('leaves out what is below its level', () => {
    const work = (log: Log) => {
      log.debug('debug');
      log.warn('warn');
    };
    expect(linesOf('warn', work).map(({ msg }) => msg)).toEqual(['warn']);
    expect(linesOf('silent', work)).toEqual([]);
    expect(linesOf('debug', work)).toHaveLength(2);
  });

  const secrets = [
    'clientId',
    'clientSecret',
    'apiKey',
    'password',
    'token',
    'authorization',
    'record',
    'email',
  ];

  it.each(secrets)('hides what is called %s, also within a value, and within one of that', (name) => {
    const lines = linesOf('info', (log) => {
      log.info({ [name]: 'canary' }, 'event');
      log.info({ connection: { [name]: 'canary', name: 'main' } }, 'event');
      log.info({ request: { headers: { [name]: 'canary' } } }, 'event');
    });
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('canary');
    expect(lines[1]).toMatchObject({ connection: { name: 'main' } });
  });

  it('keeps a name with a line break in one line', () => {
    expect(linesOf('info', (log) => log.info({ name: 'a\n{"level":60}' }, 'event\n'))).toHaveLength(1);
  });

  it('tells an error by its code and sentence', () => {
    const error = new HajiriError('not_found', 'There is no run 7.', { details: { run: 7 } });
    const [line] = linesOf('info', (log) => log.error({ err: error }, 'failed'));
    expect(line).toMatchObject({
      err: { code: 'not_found', message: 'There is no run 7.', details: { run: 7 } },
    });
  });
});
