import { userInfo } from 'node:os';
import { atCommandLine } from '../accounts/actor.ts';
import type { OrganisationContext } from '../accounts/organisation-context.ts';
import type { Clock } from '../clock/clock.ts';
import { readSettings } from '../config/read-settings.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { createLog } from '../log/log.ts';
import type { Terminal } from './terminal.ts';

/** What every verb is given. */
export type CommandLine = {
  readonly terminal: Terminal;
  readonly clock: Clock;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
  /** A verb that ends with another code than 0 says so here. */
  endWith(exitCode: number): void;
};

/** Opens the installation beside whatever runs, and closes it whatever happens. */
export async function withInstallation<Result>(
  { terminal, clock }: CommandLine,
  work: (installation: Installation) => Promise<Result>,
): Promise<Result> {
  const settings = readSettings(terminal.environment);
  const log = createLog(settings.HAJIRI_LOG_LEVEL === 'debug' ? 'debug' : 'warn');
  const installation = await openInstallation({ settings, clock, log, claim: 'shared' });
  try {
    return await work(installation);
  } finally {
    await installation.close();
  }
}

export function withOrganisationOf<Result>(
  commandLine: CommandLine,
  options: { readonly organisation?: string | undefined },
  work: (context: OrganisationContext, installation: Installation) => Promise<Result>,
): Promise<Result> {
  return withInstallation(commandLine, async (installation) =>
    work(await installation.organisation(options.organisation, thisUser()), installation),
  );
}

/** Who acts on the command line: named in the audit trail as this machine names them. */
export function thisUser(): ReturnType<typeof atCommandLine> {
  return atCommandLine(userName());
}

/** A container may run as a number that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}

export function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => resolve(), { once: true });
  return promise;
}
