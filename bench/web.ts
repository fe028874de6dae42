import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import { type Browser, chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { findChromium } from '../scripts/ensure-chromium.ts';
import { exitCodes, type Terminal, writeJson } from '../src/cli/terminal.ts';
import { HajiriError } from '../src/errors/hajiri-error.ts';
import { findOrBuildPages } from '../src/http/pages/build-pages.ts';
import { addPages } from '../src/http/pages/serve-pages.ts';
import { addSecurityHeaders } from '../src/http/security-headers.ts';
import { dailyReportOf, overviewAnswer, sessionAnswer } from './web-answers.ts';

const people = 1000;
const slowdown = 4;
const targets = { scriptKilobytes: 220, interactionMilliseconds: 100 } as const;
const projectFolder = fileURLToPath(new URL('..', import.meta.url));

type Interaction = { readonly name: string; readonly milliseconds: number };

/**
 * `--json`. How much script the first page loads (gzip), and how long each interaction with the daily table of 1,000 people takes until
 * the next paint, on a processor that Chromium slows down four times; both as Chromium's own trace tells them. The answers
 * of the API are invented. Returns 1 when a target is missed.
 */
export async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const folder = await findOrBuildPages({ projectFolder, signal, onBuild: () => {} });
  const app = fastify();
  await addSecurityHeaders(app);
  const answerPage = await addPages(app, { folder });
  app.setNotFoundHandler((request, reply) => answerPage(request, reply) ?? reply.code(404).send());
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await openChromium();
  try {
    const scriptKilobytes = await measureFirstLoad(browser, origin, folder);
    const interactions = await measureInteractions(browser, origin);
    const slowest = Math.max(...interactions.map(({ milliseconds }) => milliseconds));
    const isMet = scriptKilobytes <= targets.scriptKilobytes && slowest <= targets.interactionMilliseconds;
    const result = { scriptKilobytes, people, slowdown, interactions, targets, isMet };
    if (args.includes('--json')) writeJson(terminal, result);
    else {
      terminal.write(
        [
          `First load: ${scriptKilobytes.toFixed(1)} kB of script, gzip (target: at most ${targets.scriptKilobytes})`,
          `Daily table of ${people} people, processor slowed ${slowdown} times, until the next paint (target: at most ${targets.interactionMilliseconds} ms):`,
          ...interactions.map(({ name, milliseconds }) => `  ${name}: ${Math.round(milliseconds)} ms`),
          '',
        ].join('\n'),
      );
    }
    return isMet ? exitCodes.success : exitCodes.failure;
  } finally {
    await browser.close();
    await app.close();
  }
}

function openChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new HajiriError(
      'configuration_invalid',
      'This bench needs Chromium ("./hajiri test browser" installs it).',
    );
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-IN' });
  const report = dailyReportOf(people);
  await page.route('**/api/v1/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith('/reports/daily')) return route.fulfill({ json: report });
    if (pathname.endsWith('/overview')) return route.fulfill({ json: overviewAnswer });
    if (pathname.endsWith('/session')) return route.fulfill({ json: sessionAnswer });
    const json = { type: '', title: '', status: 401, code: 'unauthenticated', detail: '', whatToDo: '' };
    return route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify(json),
    });
  });
  return page;
}

/** In kB of gzip, as the server has the files; every script that the overview asks for. */
async function measureFirstLoad(browser: Browser, origin: string, folder: string): Promise<number> {
  const page = await openPage(browser);
  const scripts = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  await page.goto(origin);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForTimeout(settledMilliseconds);
  await page.close();
  const sizes = await Promise.all([...scripts].map((path) => gzipBytes(join(folder, path))));
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

async function gzipBytes(file: string): Promise<number> {
  try {
    return (await stat(`${file}.gz`)).size;
  } catch {
    // Too small for it to be worth while.
    return (await readFile(file)).length;
  }
}

const traceSchema = z.object({ traceEvents: z.array(z.looseObject({ name: z.string() })) });
const eventTiming = z.object({
  name: z.literal('EventTiming'),
  args: z.object({ data: z.object({ duration: z.number(), interactionId: z.number() }) }),
});

/** What a person does on a morning: order, filter, search, look at somebody, go on to the next. */
async function measureInteractions(browser: Browser, origin: string): Promise<readonly Interaction[]> {
  const page = await openPage(browser);
  await page.goto(`${origin}/daily-attendance?date=2026-03-11`);
  await page.locator('tbody tr').first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  const counts = page.getByRole('list', { name: 'Filter by status' });
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'order by a column',
      () => page.getByRole('columnheader', { name: 'Hours' }).getByRole('button').click(),
    ],
    ['filter by a status', () => counts.getByRole('link', { name: 'Absent' }).click()],
    ['take the filter away', () => counts.getByRole('link', { name: 'Absent' }).click()],
    ['type a letter of a search', () => page.getByRole('searchbox').first().press('a')],
    ['open a person', () => page.locator('tbody tr').nth(3).click()],
    ['close the person', () => page.keyboard.press('Escape')],
  ];
  const measured: Interaction[] = [];
  for (const [name, act] of steps) measured.push({ name, milliseconds: await traced(browser, page, act) });
  await page.close();
  return measured;
}

const settledMilliseconds = 1200;

async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await page.waitForTimeout(settledMilliseconds);
  await browser.startTracing(page, { categories: ['devtools.timeline', 'blink.user_timing'] });
  await act();
  await page.waitForTimeout(settledMilliseconds);
  const trace = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
  const durations = trace.traceEvents.flatMap((event) => {
    const parsed = eventTiming.safeParse(event);
    // Only what belongs to an interaction; moving the pointer does not.
    return parsed.success && parsed.data.args.data.interactionId > 0 ? [parsed.data.args.data.duration] : [];
  });
  if (durations.length === 0) throw new HajiriError('internal', 'The trace holds no interaction.');
  return Math.max(...durations);
}
