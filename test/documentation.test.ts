import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../src/cli/program.ts';
import { unknownNames } from '../src/config/read-settings.ts';
import { secretSettings, settingsSchema } from '../src/config/settings.ts';
import { describeProblem, problemCodes } from '../src/errors/problem-codes.ts';
import { FakeClock } from './support/fake-clock.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const notOurs = new Set(['node_modules', '.node', '.git', '.cache', 'data', 'coverage']);

type Page = { readonly path: string; readonly text: string };

async function readPages(folder: string): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !notOurs.has(entry.name)) pages.push(...(await readPages(path)));
    if (entry.isFile() && entry.name.endsWith('.md')) {
      pages.push({ path: relative(project, path), text: await readFile(path, 'utf8') });
    }
  }
  return pages;
}

const read = (path: string) => readFile(join(project, path), 'utf8');

/** What a heading is called in a link: `## Your own PostgreSQL` is `#your-own-postgresql`. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

let pages: readonly Page[] = [];
beforeAll(async () => {
  pages = await readPages(project);
});

describe('links in the documents', () => {
  it('lead to files and headings that exist', async () => {
    const broken: string[] = [];
    let checked = 0;
    for (const { path, text } of pages) {
      for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target)) continue;
        checked += 1;
        const [file = '', anchor] = target.split('#');
        const full = file === '' ? join(project, path) : resolve(project, dirname(path), file);
        const isBroken =
          !existsSync(full) ||
          (anchor !== undefined && !anchorsOf(await readFile(full, 'utf8')).includes(anchor));
        if (isBroken) broken.push(`${path}: ${target}`);
      }
    }
    expect(broken).toEqual([]);
    expect(checked).toBeGreaterThan(100);
  });
});

describe('source files in the documents', () => {
  it('exist, seen from the project or from src/', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|sql|json|csv))`/g)].map(([, file = '']) => ({
        path,
        file,
      })),
    );
    expect(named.length).toBeGreaterThan(15);
    const exists = (file: string) => ['', 'src'].some((folder) => existsSync(join(project, folder, file)));
    expect(named.filter(({ file }) => !exists(file))).toEqual([]);
  });
});

describe('settings in the documents', () => {
  const pattern = /\b(?:HAJIRI_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL(?:_FILE)?)\b/g;
  const isKnown = (name: string) =>
    name.startsWith('DATABASE_URL') || unknownNames({ [name]: 'x' }).length === 0;

  it('exist', () => {
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(pattern)].map(([name]) => ({ path, name })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ name }) => !isKnown(name))).toEqual([]);
    expect(isKnown('HAJIRI_PRT')).toBe(false);
  });

  it('are all explained in docs/operation.md', async () => {
    const operation = await read('docs/operation.md');
    const rows = [...operation.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
    expect(new Set(rows)).toEqual(new Set(Object.keys(settingsSchema.shape)));
  });

  it('stand in .env.example, all of them and commented out', async () => {
    const lines = (await read('.env.example')).split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([]);
    const names = lines.flatMap((line) => /^#([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? []);
    const ofConnections = ['CLIENT_ID', 'CLIENT_SECRET', 'API_KEY'].flatMap((name) => [
      `HAJIRI_KEKA_${name}`,
      `HAJIRI_KEKA_${name}_FILE`,
    ]);
    const wanted = [
      ...Object.keys(settingsSchema.shape),
      ...secretSettings.map((name) => `${name}_FILE`),
      ...ofConnections,
    ];
    expect(new Set(names)).toEqual(new Set(wanted));
  });

  it('have the defaults that .env.example and docs/operation.md name', async () => {
    const defaults = Object.entries(settingsSchema.parse({})).filter(([, value]) => value !== undefined);
    expect(defaults.length).toBeGreaterThan(5);
    const [example, operation] = [await read('.env.example'), await read('docs/operation.md')];
    for (const [name, given] of defaults) {
      const value = String(given);
      expect(example).toContain(`#${name}=${value}\n`);
      expect(operation).toMatch(new RegExp(`\\| \`${name}\` ?ᶠ? \\| \`?${value}\`? \\|`));
    }
  });
});

describe('commands in the documents', () => {
  /** Usage of a verb, as `--help` prints it, and the verbs below it. */
  async function helpOf(...verbs: readonly string[]): Promise<{ text: string; below: readonly string[] }> {
    let text = '';
    const write = (part: string) => {
      text += part;
    };
    const code = await runProgram([...verbs, '--help'], {
      terminal: { write, tell: write, isInteractive: false, environment: {} },
      clock: new FakeClock('2026-03-12T05:30:00Z'),
      signal: new AbortController().signal,
    });
    if (code !== 0) throw new Error(`hajiri ${verbs.join(' ')} --help ends with ${code}`);
    const commands = text.split('\nCommands:\n')[1] ?? '';
    return { text, below: [...commands.matchAll(/^ {2}([a-z-]+)/gm)].flatMap(([, name]) => name ?? []) };
  }

  /** What is wrong with one command line, if anything. The launcher itself takes the arguments of test and bench. */
  async function faultOf(line: string): Promise<string | null> {
    const [first = '', second = ''] = line.split(/\s+/);
    if (!(await helpOf()).below.includes(first)) return `no verb "${first}"`;
    if (first === 'test' || first === 'bench') return null;
    const { below } = await helpOf(first);
    if (below.length > 0 && /^[a-z]/.test(second) && !below.includes(second)) {
      return `no verb "${first} ${second}"`;
    }
    const { text } = await helpOf(first, ...(below.includes(second) ? [second] : []));
    const unknown = [...line.matchAll(/(?<= |\[)--[a-z-]+/g)].find(
      ([option]) => !text.includes(`${option} `),
    );
    return unknown === undefined ? null : `no option ${unknown[0]}`;
  }

  const commandsIn = (text: string) =>
    [...text.matchAll(/(?:\.\/|[`"/])hajiri ([a-z][^`"\n#|>]*)/g)].map(([, line = '']) => line.trim());

  it('exist in the program, with their options', async () => {
    const nextSteps = problemCodes.map((code) => ({
      path: `next step of ${code}`,
      text: describeProblem(code).nextStep,
    }));
    const faults: string[] = [];
    let checked = 0;
    for (const { path, text } of [...pages, ...nextSteps]) {
      for (const line of commandsIn(text)) {
        checked += 1;
        const fault = await faultOf(line);
        if (fault !== null) faults.push(`${path}: hajiri ${line}: ${fault}`);
      }
    }
    expect(faults).toEqual([]);
    expect(checked).toBeGreaterThan(100);
  });

  it('would be told if they did not', async () => {
    expect(await faultOf('fetsh --date 2026-03-10')).toContain('fetsh');
    expect(await faultOf('runs remove')).toContain('runs remove');
    expect(await faultOf('fetch --since 2026-03-10')).toContain('--since');
    expect(await faultOf('connections change NAME --secrets')).toBeNull();
  });
});

describe('tables and lists in the documents', () => {
  it('say of each problem code what the program says', async () => {
    const index = await read('docs/problems/README.md');
    for (const code of problemCodes) {
      const { title, severity } = describeProblem(code);
      expect(index).toContain(`| [${code}](${code}.md) | ${title} | ${severity} |`);
      expect(await read(`docs/problems/${code}.md`)).toContain(`# ${code}\n\n${title}.\n`);
    }
  });

  it('draw the arrows that test/layers.test.ts allows', async () => {
    const source = (await read('test/layers.test.ts')).split('allowed')[1]?.split('\n};')[0] ?? '';
    const allowed = [...source.matchAll(/^ {2}'?([\w/.]+)'?: \[([^\]]*)\]/gm)].map(
      ([, room, targets = '']) => [
        room,
        new Set([...targets.matchAll(/'([^']+)'/g)].map(([, target]) => target)),
      ],
    );
    const section = (await read('docs/architecture.md')).split('## Rooms and arrows')[1]?.split('\n## ')[0];
    const drawn = [...(section ?? '').matchAll(/^\| `([\w/.]+)` \|[^|]*\| (.*) \|$/gm)].map(
      ([, room, targets = '']) => [
        room,
        new Set(targets === 'nothing' ? [] : targets.split(', ').map((target) => target.replaceAll('`', ''))),
      ],
    );
    expect(allowed.length).toBeGreaterThan(10);
    expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(allowed));
  });

  it('name every decision', async () => {
    const names = (await readdir(join(project, 'docs/decisions'))).filter(
      (name) => name !== '0001-record-decisions.md',
    );
    const list = await read('docs/decisions/0001-record-decisions.md');
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !list.includes(`](${name})`))).toEqual([]);
  });
});
