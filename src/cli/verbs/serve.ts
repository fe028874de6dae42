import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { readSettings } from '../../config/read-settings.ts';
import { isHajiriError } from '../../errors/hajiri-error.ts';
import { createHttpServer } from '../../http/create-server.ts';
import { findOrBuildPages } from '../../http/pages/build-pages.ts';
import type { Pages } from '../../http/pages/serve-pages.ts';
import { listen, stopListening } from '../../http/serve-http.ts';
import { type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { type CommandLine, untilAborted } from '../command-line.ts';
import { tellError, writeText } from '../terminal.ts';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

export const serveRoles = ['all', 'web', 'worker'] as const;
export type ServeRole = (typeof serveRoles)[number];

export function addServeVerb(program: Command, commandLine: CommandLine): void {
  const { terminal, clock, signal } = commandLine;
  program
    .command('serve')
    .description('Serve the web application and the REST API until stopped.')
    .addOption(
      new Option(
        '--role <role>',
        'all, only the web application and the API, or only the work of the night (there is none yet)',
      )
        .choices(serveRoles)
        .default('all'),
    )
    .option('--json', 'tell address and token as one line of JSON')
    .action(async (options: { json?: true; role: ServeRole }) => {
      const { role } = options;
      const settings = readSettings(terminal.environment);
      const log = createLog(settings.HAJIRI_LOG_LEVEL);
      // A worker beside a web process may share its embedded database; two of anything else may not.
      const claim = role === 'worker' ? 'shared' : 'exclusive';
      const installation = await openInstallation({ settings, clock, log, claim });
      try {
        const pages = role === 'worker' ? null : await findPages(commandLine);
        await serveUntilStopped({ installation, pages, role, signal }, (serving) => {
          // One line, so that a program which starts Hajiri need not guess where the document ends.
          if (options.json) terminal.write(`${JSON.stringify(toAnnouncement(serving))}\n`);
          else writeText(terminal, describeServing(serving));
        });
      } finally {
        await installation.close();
      }
    });
}

/** Null for a worker, which nobody can reach. */
export type Serving = {
  readonly origin: string;
  readonly accessToken: string;
  readonly isNew: boolean;
} | null;

/** The pages for the browser, or why there are none: that is told, and what remains is served. */
export async function findPages({ terminal, signal }: CommandLine): Promise<Pages> {
  try {
    const onBuild = () => terminal.tell('hajiri: building the pages (once)\n');
    return { folder: await findOrBuildPages({ projectFolder, signal, onBuild }) };
  } catch (error) {
    if (!isHajiriError(error, 'pages_not_built')) throw error;
    tellError(terminal, error, false);
    return { missing: error };
  }
}

/** Serves and works until the signal; a token from the configuration is used and not printed, otherwise one is made. */
export async function serveUntilStopped(
  {
    installation,
    pages,
    role,
    signal,
  }: {
    readonly installation: Installation;
    readonly pages: Pages | null;
    readonly role: ServeRole;
    readonly signal: AbortSignal;
  },
  announce: (serving: Serving) => void,
): Promise<void> {
  const web = pages === null ? null : await openWeb(installation, pages);
  const worker = role === 'web' ? null : startWorker(installation);
  try {
    announce(web);
    await untilAborted(signal);
  } finally {
    await Promise.all([web?.stop(), worker?.stop()]);
  }
}

async function openWeb(installation: Installation, pages: Pages) {
  const configured = installation.settings.HAJIRI_ACCESS_TOKEN;
  const accessToken = configured ?? randomBytes(24).toString('base64url');
  const server = await createHttpServer(installation, { accessToken, pages });
  const stop = () => stopListening(server, installation.clock);
  try {
    const origin = await listen(server, installation.settings.HAJIRI_PORT);
    return { origin, accessToken, isNew: configured === undefined, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toAnnouncement(serving: Serving) {
  if (serving === null) return { origin: null, accessToken: null };
  const { origin, accessToken, isNew } = serving;
  return { origin, accessToken: isNew ? accessToken : null };
}

export function describeServing(serving: Serving): string {
  if (serving === null)
    return 'Hajiri waits for the work of the night; there is none yet. Stop it with Ctrl-C.\n';
  const { origin, accessToken, isNew } = serving;
  const token = isNew ? accessToken : '$HAJIRI_ACCESS_TOKEN';
  return [
    `Hajiri serves at ${origin}, for this machine only. Stop it with Ctrl-C.`,
    isNew ? `Access token: ${accessToken}` : 'Access token: the one of HAJIRI_ACCESS_TOKEN',
    `Open in a browser: ${origin}/#access=${token}`,
    `Try: curl -H "Authorization: Bearer ${token}" ${origin}/api/v1/reports/daily`,
    '',
  ].join('\n');
}
