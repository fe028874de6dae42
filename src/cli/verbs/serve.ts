import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { readSettings } from '../../config/read-settings.ts';
import { isHajiriError } from '../../errors/hajiri-error.ts';
import { createHttpServer } from '../../http/create-server.ts';
import { findOrBuildPages } from '../../http/pages/build-pages.ts';
import type { Pages } from '../../http/pages/serve-pages.ts';
import { listen, stopListening } from '../../http/serve-http.ts';
import { type Installation, openInstallation } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { type CommandLine, untilAborted } from '../command-line.ts';
import { tellError, writeText } from '../terminal.ts';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

export function addServeVerb(program: Command, commandLine: CommandLine): void {
  const { terminal, clock, signal } = commandLine;
  program
    .command('serve')
    .description('Serve the REST API on this machine until it is stopped.')
    .option('--json', 'tell address and token as one line of JSON')
    .action(async (options: { json?: true }) => {
      const settings = readSettings(terminal.environment);
      const log = createLog(settings.HAJIRI_LOG_LEVEL);
      const installation = await openInstallation({ settings, clock, log, claim: 'exclusive' });
      try {
        const pages = await findPages(commandLine);
        await serveUntilStopped({ installation, pages, signal }, ({ origin, accessToken, isNew }) => {
          const token = isNew ? accessToken : null;
          // One line, so that a program which starts Hajiri need not guess where the document ends.
          if (options.json) terminal.write(`${JSON.stringify({ origin, accessToken: token })}\n`);
          else writeText(terminal, describeServing(origin, token));
        });
      } finally {
        await installation.close();
      }
    });
}

export type Serving = { readonly origin: string; readonly accessToken: string; readonly isNew: boolean };

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

/** Serves until the signal; a token from the configuration is used and not printed, otherwise one is made. */
export async function serveUntilStopped(
  {
    installation,
    pages,
    signal,
  }: { readonly installation: Installation; readonly pages: Pages; readonly signal: AbortSignal },
  announce: (serving: Serving) => void,
): Promise<void> {
  const configured = installation.settings.HAJIRI_ACCESS_TOKEN;
  const accessToken = configured ?? randomBytes(24).toString('base64url');
  const server = await createHttpServer(installation, { accessToken, pages });
  try {
    const origin = await listen(server, installation.settings.HAJIRI_PORT);
    announce({ origin, accessToken, isNew: configured === undefined });
    await untilAborted(signal);
  } finally {
    await stopListening(server, installation.clock);
  }
}

export function describeServing(origin: string, accessToken: string | null): string {
  const token = accessToken ?? '$HAJIRI_ACCESS_TOKEN';
  return [
    `Hajiri serves at ${origin}, for this machine only. Stop it with Ctrl-C.`,
    accessToken === null ? 'Access token: the one of HAJIRI_ACCESS_TOKEN' : `Access token: ${accessToken}`,
    `Try: curl -H "Authorization: Bearer ${token}" ${origin}/api/v1/reports/daily`,
    '',
  ].join('\n');
}
