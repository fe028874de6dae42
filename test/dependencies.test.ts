import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeSbom } from '../scripts/make-sbom.ts';

/** Under these, Hajiri may be handed on with its packages. MPL-2.0 binds changes of those packages, and none is changed. */
const accepted: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

/** Packages that do not name their licence where npm looks, with what their LICENSE file says. */
const named: Readonly<Record<string, string>> = { 'png-js': 'MIT' };

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string().optional(),
      license: z.string().optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

type Package = { readonly name: string; readonly version: string; readonly license: string | null };

describe('the packages of an installation', () => {
  let packages: readonly (Package & { readonly integrity: string | null })[];
  beforeAll(async () => {
    const text = await readFile(fileURLToPath(new URL('../package-lock.json', import.meta.url)), 'utf8');
    packages = Object.entries(lockSchema.parse(JSON.parse(text)).packages)
      .filter(([path, { dev }]) => path !== '' && dev !== true)
      .map(([path, { version = '', license = null, integrity = null }]) => ({
        name: path.replace(/^.*node_modules\//, ''),
        version,
        license,
        integrity,
      }));
  });

  it('are there to be looked at', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['fastify', 'pg', 'better-auth']),
    );
  });

  it('have licences under which they may be handed on', () => {
    const isAccepted = ({ name, license }: Package) =>
      (license ?? named[name] ?? '')
        .replaceAll(/[()]/g, '')
        .split(/ (?:AND|OR) /)
        .every((part) => accepted.has(part));
    expect(packages.filter((one) => !isAccepted(one))).toEqual([]);
  });

  it('are named by version and checksum, so that nothing else is installed in their place', () => {
    const loose = packages.filter(({ version, integrity }) => version === '' || integrity === null);
    expect(loose).toEqual([]);
  });

  it('are all in the bill of materials, and nothing besides', () => {
    const bill = makeSbom();
    expect(bill.metadata.component).toMatchObject({ name: 'hajiri', type: 'application' });
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
    const wanted = packages.map(({ name, version }) => `${name}@${version}`);
    expect(new Set(listed)).toEqual(new Set(wanted));
    expect(bill.components.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
  });
});
