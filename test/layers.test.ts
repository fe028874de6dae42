import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

/**
 * Which rooms a room may import from. What is not listed is forbidden: a new arrow is a decision, to be made here and
 * in the document that the failure names.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'src/errors': [],
  'src/clock': [],
  'src/config': ['src/errors', 'src/outgoing'],
  'src/log': [],
  'src/processes': ['src/errors'],
  'src/attendance': ['types of src/keka'],
  'src/keka': ['src/errors', 'src/clock'],
  'src/db': ['src/errors', 'src/clock', 'src/processes'],
  'src/outgoing': ['src/errors'],
  'src/jobs': ['src/clock', 'src/db', 'src/errors', 'src/log'],
  'src/accounts': ['src/attendance', 'src/db', 'src/errors', 'src/clock'],
  'src/directory': ['src/accounts', 'src/attendance', 'src/db', 'src/errors', 'src/clock'],
  'src/connections': [
    'src/accounts',
    'src/attendance',
    'src/clock',
    'src/db',
    'src/directory',
    'src/errors',
    'src/keka',
  ],
  'src/rules': ['src/accounts', 'src/attendance', 'src/clock', 'src/db', 'src/errors', 'src/jobs'],
  'src/runs': [
    'src/accounts',
    'src/attendance',
    'src/clock',
    'src/connections',
    'src/db',
    'src/directory',
    'src/errors',
    'src/jobs',
    'src/keka',
    'src/processes',
    'src/rules',
  ],
  'src/privacy': ['src/accounts', 'src/attendance', 'src/db', 'src/directory', 'src/errors', 'src/runs'],
  'src/reports': ['src/accounts', 'src/attendance', 'src/db', 'src/directory', 'src/errors', 'src/runs'],
  'src/notify': ['src/errors'],
  // The composition root: the one file that knows how the parts are made.
  'src/installation.ts': [
    'src/accounts',
    'src/clock',
    'src/config',
    'src/connections',
    'src/db',
    'src/jobs',
    'src/keka',
    'src/log',
    'src/notify',
  ],
  'src/worker': [
    'src/accounts',
    'src/attendance',
    'src/clock',
    'src/config',
    'src/connections',
    'src/db',
    'src/directory',
    'src/errors',
    'src/installation.ts',
    'src/jobs',
    'src/privacy',
    'src/rules',
    'src/runs',
  ],
  // What crosses the border over HTTP, known to the server and, as types, to the pages.
  'src/contract': ['src/attendance', 'src/directory', 'src/reports'],
  'src/http': [
    'src/accounts',
    'src/clock',
    'src/connections',
    'src/contract',
    'src/db',
    'src/directory',
    'src/errors',
    'src/installation.ts',
    'src/log',
    'src/notify',
    'src/privacy',
    'src/reports',
    'src/rules',
    'src/runs',
  ],
  'src/cli': [
    'sandbox',
    'src/accounts',
    'src/attendance',
    'src/clock',
    'src/config',
    'src/connections',
    'src/contract',
    'src/db',
    'src/directory',
    'src/errors',
    'src/http',
    'src/installation.ts',
    'src/log',
    'src/privacy',
    'src/processes',
    'src/reports',
    'src/rules',
    'src/runs',
    'src/worker',
  ],
  web: ['types of src/contract'],
  // The sandbox stands for Keka: it must not share the client's reading of the contract.
  sandbox: ['src/clock', 'src/errors'],
};

type Import = { readonly file: string; readonly target: string; readonly typesOnly: boolean };

const statement = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gms;

async function readImports(file: string): Promise<readonly Import[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(statement)].flatMap(([, type, target]) =>
    target?.startsWith('.') === true
      ? [
          {
            file: relative(project, file),
            target: relative(project, resolve(dirname(file), target)),
            typesOnly: type !== undefined,
          },
        ]
      : [],
  );
}

async function productFiles(): Promise<readonly string[]> {
  const files: string[] = [];
  for (const folder of ['src', 'sandbox', 'web/src']) {
    for (const entry of await readdir(join(project, folder), { recursive: true, withFileTypes: true })) {
      const isTest = entry.name.endsWith('.test.ts') || entry.parentPath.includes('/testing');
      if (entry.isFile() && /\.tsx?$/.test(entry.name) && !isTest)
        files.push(join(entry.parentPath, entry.name));
    }
  }
  return files;
}

function roomOf(path: string): string | undefined {
  return Object.keys(allowed).find((room) => path === room || path.startsWith(`${room}/`));
}

function faultOf({ file, target, typesOnly }: Import): string | null {
  const [from, to] = [roomOf(file), roomOf(target)];
  if (from === undefined) return `${file} is in no known room`;
  if (to === undefined) return `${file} imports ${target}, which is in no known room`;
  const rules = allowed[from] ?? [];
  if (from === to || rules.includes(to) || (typesOnly && rules.includes(`types of ${to}`))) return null;
  return `${file} must not import ${target}: ${from} may import only from ${rules.join(', ') || 'nothing'}`;
}

describe('the direction of imports', () => {
  it('is one way, as docs/architecture.md draws it', async () => {
    const imports = (await Promise.all((await productFiles()).map(readImports))).flat();
    expect(imports.length).toBeGreaterThan(200);
    const faults = imports.map(faultOf).filter((fault) => fault !== null);
    expect(faults, 'Read docs/architecture.md, "Rooms and arrows", before you add an arrow.').toEqual([]);
  });

  it('refuses an arrow that points back', () => {
    expect(faultOf({ file: 'src/attendance/x.ts', target: 'src/db/schema.ts', typesOnly: true })).toContain(
      'must not import',
    );
    expect(faultOf({ file: 'src/keka/x.ts', target: 'src/runs/y.ts', typesOnly: false })).toContain(
      'must not import',
    );
  });

  it('lets the pages know no more of the server than the types of what crosses the border', () => {
    const file = 'web/src/x.tsx';
    expect(faultOf({ file, target: 'src/contract/y.ts', typesOnly: true })).toBeNull();
    expect(faultOf({ file, target: 'src/contract/y.ts', typesOnly: false })).toContain('must not import');
    expect(faultOf({ file, target: 'src/reports/y.ts', typesOnly: true })).toContain('must not import');
  });

  it('keeps attendance/ free of input, output, clocks and Date', async () => {
    for (const file of await productFiles()) {
      if (!file.includes('/src/attendance/')) continue;
      const text = await readFile(file, 'utf8');
      expect(text, file).not.toMatch(/\bDate\b[.(]|Temporal\.Now|from 'node:|process\./);
    }
  });
});
