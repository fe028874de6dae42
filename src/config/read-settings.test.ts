import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { InputFault } from '../errors/hajiri-error.ts';
import { ConfigurationError, readSettings, unknownNames } from './read-settings.ts';
import { secretSettings, settingsSchema } from './settings.ts';

const key = 'q6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6s=';

/** What a person is told of a configuration that is refused. */
function refusal(environment: NodeJS.ProcessEnv): ConfigurationError {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

function faultOf(environment: NodeJS.ProcessEnv): InputFault | undefined {
  const { faults } = refusal(environment);
  expect(faults).toHaveLength(1);
  return faults[0];
}

function fileWith(content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'hajiri-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'secret');
  writeFileSync(path, content);
  return path;
}

describe('the settings', () => {
  it('are complete without any configuration, and independent of other variables', () => {
    expect(readSettings({})).toEqual({
      HAJIRI_PORT: 4280,
      HAJIRI_LOG_LEVEL: 'info',
      HAJIRI_KEKA_PAGE_LIMIT: 5000,
      HAJIRI_KEKA_CONCURRENCY: 4,
      HAJIRI_KEKA_TIMEOUT_SECONDS: 60,
      HAJIRI_GRACE_AFTER_SHIFT_MINUTES: 120,
      HAJIRI_UNUSUAL_COUNT_SHARE: 0.6,
      HAJIRI_RUNS_AT_A_TIME: 8,
      HAJIRI_PEOPLE_READ_HOURS: 20,
    });
    expect(readSettings({ PATH: '/bin', PGHOST: 'elsewhere', PORT: '80' })).toEqual(readSettings({}));
  });

  it('may be empty, which is the same as not set', () => {
    const empty = Object.fromEntries(Object.keys(settingsSchema.shape).map((name) => [name, '']));
    expect(readSettings(empty)).toEqual(readSettings({}));
  });

  it('are numbers where they are numbers, zero included', () => {
    const settings = readSettings({
      HAJIRI_PORT: '0',
      HAJIRI_UNUSUAL_COUNT_SHARE: '0',
      HAJIRI_PEOPLE_READ_HOURS: '0',
    });
    expect(settings).toMatchObject({
      HAJIRI_PORT: 0,
      HAJIRI_UNUSUAL_COUNT_SHARE: 0,
      HAJIRI_PEOPLE_READ_HOURS: 0,
    });
  });

  it.each([
    ['HAJIRI_PORT', '65536', /at most 65535/],
    ['HAJIRI_PORT', '-1', /at least 0/],
    ['HAJIRI_PORT', '80.5', /whole number/],
    ['HAJIRI_PORT', 'http', /whole number/],
    ['HAJIRI_KEKA_CONCURRENCY', '0', /at least 1/],
    ['HAJIRI_UNUSUAL_COUNT_SHARE', '60', /at most 1/],
    ['HAJIRI_LOG_LEVEL', 'loud', /debug, info, warn, error or silent/],
    ['HAJIRI_ACCESS_TOKEN', 'short', /at least 20 characters/],
    ['HAJIRI_ENCRYPTION_KEY', 'AAAA', /32 bytes in base64/],
    ['HAJIRI_ENCRYPTION_KEY', key.slice(0, 43), /32 bytes in base64/],
    ['DATABASE_URL', 'mysql://host/database', /postgres:\/\//],
    ['DATABASE_URL', 'host:5432', /postgres:\/\//],
    ['HAJIRI_PUBLIC_URL', 'hajiri.example.com', /without a path/],
    ['HAJIRI_PUBLIC_URL', 'https://example.com/hajiri', /without a path/],
    ['HAJIRI_PUBLIC_URL', 'https://user:secret@example.com', /without a path/],
    ['HAJIRI_KEKA_LOGIN_URL', 'login.keka.com', /address such as/],
    ['HAJIRI_KEKA_TENANT_URL', 'https://acme.keka.com', /must contain \{subdomain\}/],
  ])('are refused for %s=%s, naming it and what it must be', (name, value, reason) => {
    expect(faultOf({ [name]: value })).toEqual({ field: name, reason: expect.stringMatching(reason) });
  });

  it('are refused when sign-in by OIDC is set up in part', () => {
    const { faults } = refusal({ HAJIRI_OIDC_ISSUER: 'https://login.example.com' });
    expect(faults.map(({ field }) => field)).toEqual(['HAJIRI_OIDC_CLIENT_ID', 'HAJIRI_OIDC_CLIENT_SECRET']);
    expect(refusal({ HAJIRI_OIDC_ISSUER: 'http://login.example.com' }).message).toContain(
      'must be an address',
    );
  });

  it('are refused with all of their faults at once, misspelt names included', () => {
    const { faults, message } = refusal({
      HAJIRI_PORT: 'x',
      HAJIRI_LOG_LEVEL: 'x',
      HAJIRI_ACCESS_TOKEN: 'x',
      HAJIRI_PROT: '4280',
    });
    const names = ['HAJIRI_PORT', 'HAJIRI_LOG_LEVEL', 'HAJIRI_ACCESS_TOKEN', 'HAJIRI_PROT'];
    expect(faults.map(({ field }) => field).sort()).toEqual(names.sort());
    for (const name of names) expect(message).toContain(name);
    expect(message).toContain('4 faults');
  });

  it('are read or refused whatever they hold, and what they hold is never repeated', () => {
    const value = fc.oneof(
      fc.constantFrom(
        'canary-41b7',
        'postgres://canary-41b7',
        'https://canary-41b7/',
        '-41.77e3',
        '\0canary-41b7',
      ),
      fc.string({ maxLength: 20 }),
    );
    const names = [...Object.keys(settingsSchema.shape), 'HAJIRI_UNKNOWN'];
    const values = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    fc.assert(
      fc.property(values, (environment) => {
        try {
          readSettings(environment);
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
          expect(error.message).not.toMatch(/41b7|41\.77/);
          expect(JSON.stringify(error.faults)).not.toMatch(/41b7|41\.77/);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('a secret setting', () => {
  it.each(['\n', '\r\n', ''])('may come from a file that ends with %j', (end) => {
    const settings = readSettings({ HAJIRI_ENCRYPTION_KEY_FILE: fileWith(`${key}${end}`) });
    expect(settings.HAJIRI_ENCRYPTION_KEY).toBe(key);
  });

  it('comes from its file although the setting itself is there and empty', () => {
    const file = fileWith(key);
    expect(
      readSettings({ HAJIRI_ENCRYPTION_KEY: '', HAJIRI_ENCRYPTION_KEY_FILE: file }).HAJIRI_ENCRYPTION_KEY,
    ).toBe(key);
  });

  it('keeps what belongs to it: only one line end is taken away', () => {
    const settings = readSettings({ HAJIRI_ACCESS_TOKEN_FILE: fileWith(' twenty characters and more \n\n') });
    expect(settings.HAJIRI_ACCESS_TOKEN).toBe(' twenty characters and more \n');
  });

  it('is refused when it is given twice, when its file is missing, and when that is empty', () => {
    const file = fileWith(key);
    expect(faultOf({ HAJIRI_ENCRYPTION_KEY: key, HAJIRI_ENCRYPTION_KEY_FILE: file })).toEqual({
      field: 'HAJIRI_ENCRYPTION_KEY_FILE',
      reason: expect.stringMatching(/HAJIRI_ENCRYPTION_KEY is set too/),
    });
    expect(faultOf({ DATABASE_URL_FILE: `${file}-missing` })?.reason).toMatch(/cannot be read \(ENOENT\)/);
    expect(faultOf({ HAJIRI_ENCRYPTION_KEY_FILE: fileWith('\n') })?.reason).toMatch(/is empty/);
  });

  it('is checked like one that is given directly, and not shown', () => {
    const error = refusal({ HAJIRI_ACCESS_TOKEN_FILE: fileWith('canary-41b7') });
    expect(error.faults).toMatchObject([{ field: 'HAJIRI_ACCESS_TOKEN' }]);
    expect(error.message).not.toContain('canary');
  });

  it('is every setting that holds one', () => {
    const names = Object.keys(settingsSchema.shape).filter((name) =>
      /URL$|TOKEN|KEY(?:_PREVIOUS)?$|SECRET$/.test(name),
    );
    expect(names.filter((name) => !/KEKA_(?:LOGIN|TENANT)_URL|PUBLIC_URL/.test(name)).sort()).toEqual(
      [...secretSettings].sort(),
    );
  });
});

describe('.env.example', () => {
  const text = readFileSync(fileURLToPath(new URL('../../.env.example', import.meta.url)), 'utf8');
  /** What the lines would set, whether they are commented out or not. */
  const shown = new Map(
    [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );

  it('names every setting, and the file of every secret', () => {
    const names = [...Object.keys(settingsSchema.shape), ...secretSettings.map((name) => `${name}_FILE`)];
    expect(names.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('names nothing else than what Hajiri reads', () => {
    const known = new Set(Object.keys(settingsSchema.shape));
    for (const name of secretSettings) known.add(`${name}_FILE`);
    const others = [...shown.keys()].filter((name) => !known.has(name));
    expect(unknownNames(Object.fromEntries(others.map((name) => [name, 'x'])))).toEqual([]);
    expect(others.filter((name) => !name.startsWith('HAJIRI_'))).toEqual([]);
  });

  it('shows the real defaults, and values that would be accepted', () => {
    for (const [name, value] of Object.entries(readSettings({}))) {
      if (value !== undefined) expect(shown.get(name)).toBe(String(value));
    }
    const settings = [...shown].filter(([name]) => Object.hasOwn(settingsSchema.shape, name));
    expect(() => readSettings(Object.fromEntries(settings))).not.toThrow();
  });

  it('sets nothing as it stands: all of it is optional', () => {
    expect(text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'))).toEqual([]);
  });
});
