import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Command, Option } from 'commander';
import { makeFirstOwnerLink, ownerLinkHours } from '../../accounts/owner/owner-link.ts';
import { readSettings } from '../../config/read-settings.ts';
import { ownerLinkAddress } from '../../contract/link-addresses.ts';
import { isHajiriError } from '../../errors/hajiri-error.ts';
import { createHttpServer } from '../../http/create-server.ts';
import { findOrBuildPages } from '../../http/pages/build-pages.ts';
import type { Pages } from '../../http/pages/serve-pages.ts';
import { listen, stopListening } from '../../http/serve-http.ts';
import { type Installation, openInstallation, publicOriginOf } from '../../installation.ts';
import { createLog } from '../../log/log.ts';
import { startWorker } from '../../worker/start-worker.ts';
import { type CommandLine, thisUser, untilAborted } from '../command-line.ts';
import { tellError, writeText } from '../terminal.ts';

const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));

export const serveRoles = ['all', 'web', 'worker'] as const;
export type ServeRole = (typeof serveRoles)[number];

export function addServeVerb(program: Command, commandLine: CommandLine): void {
  const { terminal, clock, signal } = commandLine;
  program
    .command('serve')
    .description('Serve the web application and the REST API, and fetch every morning, until stopped.')
    .addOption(
      new Option('--role <role>', 'all, only the web application and the API, or only what is due')
        .choices(serveRoles)
        .default('all'),
    )
    .option('--json', 'tell address, owner link and token as one line of JSON')
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
  /** As long as nobody is an owner: the link that makes one, and a token for the REST API. */
  readonly firstStart: {
    readonly ownerLink: string;
    readonly accessToken: string;
    readonly isNew: boolean;
  } | null;
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
  const { kysely, clock, settings } = installation;
  const link = await makeFirstOwnerLink({ kysely, clock, ...thisUser() });
  const configured = settings.HAJIRI_ACCESS_TOKEN;
  const accessToken = link === null ? null : (configured ?? randomBytes(24).toString('base64url'));
  const server = await createHttpServer(installation, { accessToken, pages });
  const stop = () => stopListening(server, clock);
  try {
    const origin = await listen(server, settings.HAJIRI_PORT, settings.HAJIRI_LISTEN_ADDRESS);
    const publicOrigin = publicOriginOf(settings, Number(new URL(origin).port));
    const firstStart =
      link === null || accessToken === null
        ? null
        : {
            ownerLink: ownerLinkAddress(publicOrigin, link.token),
            accessToken,
            isNew: configured === undefined,
          };
    return { origin, firstStart, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function toAnnouncement(serving: Serving) {
  if (serving === null) return { origin: null, ownerLink: null, accessToken: null };
  const { origin, firstStart } = serving;
  return {
    origin,
    ownerLink: firstStart?.ownerLink ?? null,
    accessToken: firstStart?.isNew === true ? firstStart.accessToken : null,
  };
}

export function describeServing(serving: Serving): string {
  if (serving === null) return 'Hajiri fetches what is due. Stop it with Ctrl-C.\n';
  const { origin, firstStart } = serving;
  const isAlone = /^http:\/\/(?:127\.|\[::1\])/.test(origin);
  const first = `Hajiri serves at ${origin}${isAlone ? ', for this machine only' : ''}. Stop it with Ctrl-C.`;
  if (firstStart === null) return `${first}\n`;
  const { ownerLink, accessToken, isNew } = firstStart;
  const token = isNew ? accessToken : '$HAJIRI_ACCESS_TOKEN';
  return [
    first,
    `Nobody is an owner yet. Whoever opens this link becomes the owner, once, within ${ownerLinkHours} hours:`,
    `  ${ownerLink}`,
    isNew
      ? `Access token until then: ${accessToken}`
      : 'Access token until then: the one of HAJIRI_ACCESS_TOKEN',
    `Open in a browser until then: ${origin}/#access=${token}`,
    `Try: curl -H "Authorization: Bearer ${token}" ${origin}/api/v1/reports/daily`,
    '',
  ].join('\n');
}
