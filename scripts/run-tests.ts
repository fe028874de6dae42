import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ensureChromium } from './ensure-chromium.ts';

// The whole suite: format, lint, types, then unit, integration and browser tests. Everything runs even when something before
// it failed, and the last line adds all of it up: `N passed, N failed`. Names given as arguments choose some steps;
// `--screens` writes the pictures of docs/screens/ anew.

const project = fileURLToPath(new URL('..', import.meta.url));

type Tally = { readonly passed: number; readonly failed: number };
type Step = { readonly name: string; readonly run: () => Promise<Tally> };

const counts = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numTotalTests: z.number(),
});
const suites = z.object({ numFailedTestSuites: z.number(), success: z.boolean() });

function runProgram(program: string, args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(process.execPath, [join(project, 'node_modules', program), ...args], {
    cwd: project,
    stdio: 'inherit',
  });
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}

function check(name: string, program: string, ...args: readonly string[]): Step {
  return {
    name,
    run: async () =>
      (await runProgram(program, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 },
  };
}

/** A project of vitest. A run that counts nothing has failed, whatever it says. */
function suite(name: string): Step {
  return {
    name: `${name} tests`,
    run: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'hajiri-tests-'));
      try {
        const file = join(folder, 'result.json');
        const exitCode = await runProgram('vitest/vitest.mjs', [
          'run',
          `--project=${name}`,
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${file}`,
        ]);
        const text = await readFile(file, 'utf8').catch(() => null);
        if (text === null) return { passed: 0, failed: 1 };
        const result = counts.and(suites).parse(JSON.parse(text));
        const { numPassedTests: passed, numFailedTests, numTotalTests } = result;
        // Skipped tests count as failed: a test that something is missing for has not passed.
        const failed = Math.max(numFailedTests, numTotalTests - passed);
        const broken = exitCode !== 0 || !result.success || numTotalTests === 0;
        return { passed, failed: broken && failed === 0 ? 1 : failed };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

const steps: readonly Step[] = [
  check('format', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
  check('lint', 'oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'),
  check('types', 'typescript/bin/tsc', '--noEmit', '-p', '.'),
  check('web types', 'typescript/bin/tsc', '--noEmit', '-p', 'web'),
  suite('unit'),
  suite('integration'),
  { name: 'browser tests', run: runBrowserTests },
];

/** What they need is installed where it is missing; where it cannot be, they have failed. */
async function runBrowserTests(): Promise<Tally> {
  const reason = ensureChromium((line) => process.stdout.write(`${line}\n`));
  if (reason === null) return suite('browser').run();
  process.stdout.write(`${reason}\n`);
  return { passed: 0, failed: 1 };
}

const wanted = process.argv.slice(2).filter((argument) => argument !== '--screens');
if (process.argv.includes('--screens')) process.env['HAJIRI_TEST_SCREENS'] = '1';
const unknown = wanted.filter((name) => !steps.some((step) => step.name.split(' ')[0] === name));
if (unknown.length > 0) {
  process.stderr.write(
    `Unknown: ${unknown.join(', ')}. There is: format, lint, types, web, unit, integration, browser.\n`,
  );
  process.exit(2);
}

let [passed, failed] = [0, 0];
const lines: string[] = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name.split(' ')[0] ?? '')) continue;
  process.stdout.write(`\n── ${step.name}\n`);
  const startedAt = performance.now();
  const tally = await step.run();
  passed += tally.passed;
  failed += tally.failed;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  lines.push(`${step.name}: ${tally.passed} passed, ${tally.failed} failed (${seconds} s)`);
}
process.stdout.write(`\n${lines.join('\n')}\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
