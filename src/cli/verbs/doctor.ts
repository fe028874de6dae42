import type { Command } from 'commander';
import { listOrganisations } from '../../accounts/organisations.ts';
import { ConfigurationError, readSettings, unknownNames } from '../../config/read-settings.ts';
import { describeSecrets, listConnections } from '../../connections/connections.ts';
import { HajiriError, isHajiriError } from '../../errors/hajiri-error.ts';
import { dataFolderOf } from '../../installation.ts';
import { type CommandLine, thisUser, withInstallation } from '../command-line.ts';
import { exitCodes, writeJson, writeText } from '../terminal.ts';

type Finding = {
  readonly subject: string;
  readonly outcome: 'good' | 'warning' | 'fault';
  readonly message: string;
  readonly whatToDo: string | null;
};

export function addDoctorVerb(program: Command, commandLine: CommandLine): void {
  const { terminal } = commandLine;
  program
    .command('doctor')
    .description(
      'Look over the installation: configuration, database, secrets, connections. Changes nothing.',
    )
    .option('--json', 'answer as JSON')
    .action(async (options: { json?: true }) => {
      const findings = await examine(commandLine);
      if (options.json) writeJson(terminal, findings);
      else {
        for (const { subject, outcome, message, whatToDo } of findings) {
          writeText(terminal, `${{ good: '✓', warning: '!', fault: '✗' }[outcome]} ${subject}: ${message}\n`);
          if (whatToDo !== null) writeText(terminal, `    What to do: ${whatToDo}\n`);
        }
      }
      if (findings.some(({ outcome }) => outcome === 'fault')) commandLine.endWith(exitCodes.failure);
    });
}

async function examine(commandLine: CommandLine): Promise<readonly Finding[]> {
  const { environment } = commandLine.terminal;
  const findings: Finding[] = [good('Node.js', process.version)];
  try {
    const settings = readSettings(environment);
    findings.push(good('Configuration', `valid; data folder ${dataFolderOf(settings)}`));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [...findings, ...error.faults.map(({ field, reason }) => fault(field, reason, error))];
  }
  for (const { field, reason } of unknownNames(environment)) {
    findings.push({ subject: field, outcome: 'warning', message: reason, whatToDo: null });
  }
  try {
    await withInstallation(commandLine, async ({ kysely, clock, encryptionKey, settings }) => {
      const kind = settings.DATABASE_URL === undefined ? 'embedded PostgreSQL' : 'PostgreSQL by DATABASE_URL';
      findings.push(good('Database', `${kind} answers and is up to date`));
      if (encryptionKey.fault !== null) {
        findings.push(
          fault('Encryption key', encryptionKey.fault, new HajiriError('secrets_unreadable', '')),
        );
      }
      for (const organisation of await listOrganisations(kysely)) {
        const connections = await listConnections({ ...thisUser(), kysely, clock, organisation });
        const count = connections.length === 1 ? '1 connection' : `${connections.length} connections`;
        findings.push(good('Organisation', `"${organisation.name}" with ${count}`));
        for (const connection of connections) {
          const subject = `Connection "${connection.name}"`;
          findings.push(
            describeSecrets(connection, encryptionKey).state === 'set'
              ? good(subject, 'secrets can be read; try it with: hajiri connections test')
              : fault(subject, 'its secrets cannot be decrypted', new HajiriError('secrets_unreadable', '')),
          );
        }
      }
    });
  } catch (error) {
    if (!isHajiriError(error)) throw error;
    findings.push(fault('Database', error.message, error));
  }
  return findings;
}

function good(subject: string, message: string): Finding {
  return { subject, outcome: 'good', message, whatToDo: null };
}

function fault(subject: string, message: string, error: HajiriError): Finding {
  return { subject, outcome: 'fault', message, whatToDo: error.nextStep };
}
