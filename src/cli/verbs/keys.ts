import type { Command } from 'commander';
import { type KeyUse, listKeys } from '../../connections/list-keys.ts';
import { type Rotation, rotateKeys } from '../../connections/rotate-keys.ts';
import { renderTable } from '../../reports/render-table.ts';
import { type CommandLine, thisUser, withInstallation } from '../command-line.ts';
import { exitCodes, writeJson, writeText } from '../terminal.ts';

export function addKeysVerb(program: Command, commandLine: CommandLine): void {
  const { terminal, signal } = commandLine;
  const verb = program.command('keys').description('The keys with which stored secrets are encrypted.');
  verb
    .command('list')
    .description('Which keys there are, by their names, and what is encrypted with each.')
    .option('--json', 'answer as JSON')
    .action((options: { json?: true }) =>
      withInstallation(commandLine, async ({ kysely, clock, encryptionKey: key, keySource: source }) => {
        const keys = await listKeys({ kysely, clock, key, source, ...thisUser() });
        if (options.json) writeJson(terminal, keys);
        else writeText(terminal, `${renderTable(columns, keys)}\n`);
      }),
    );
  verb
    .command('rotate')
    .description('Encrypt every stored secret with a new key, while Hajiri runs.')
    .option('--json', 'answer as JSON')
    .action((options: { json?: true }) =>
      withInstallation(commandLine, async ({ kysely, clock, encryptionKey: key, keySource: source }) => {
        const rotation = await rotateKeys({ kysely, clock, key, source, signal, ...thisUser() });
        if (options.json) writeJson(terminal, rotation);
        else writeText(terminal, `${tell(rotation)}\n`);
        if (rotation.unreadable > 0) commandLine.endWith(exitCodes.failure);
      }),
    );
}

const columns = [
  { name: 'Key', cell: ({ id }: KeyUse) => id },
  { name: 'State', cell: stateOf },
  {
    name: 'In use since (UTC)',
    cell: ({ since }: KeyUse) => since?.toString().slice(0, 16).replace('T', ' ') ?? '',
  },
  { name: 'Connections', cell: ({ connections }: KeyUse) => String(connections) },
];

function stateOf({ isCurrent, isPresent, isRotating, connections }: KeyUse): string {
  if (isRotating) return 'rotation not over: run "hajiri keys rotate" again';
  if (!isPresent && (isCurrent || connections > 0)) return 'missing here';
  if (isCurrent) return 'in use';
  return connections > 0 ? 'earlier, still needed' : 'earlier';
}

function tell({ keyId, outcome, connections, secondFactors, unreadable, retiredTo }: Rotation): string {
  const lines: string[] = [];
  const isUnchanged = outcome === 'nothing_new' && connections + secondFactors === 0;
  if (isUnchanged) {
    lines.push(
      `Everything is encrypted with the key ${keyId} already. To change it, give a new one as HAJIRI_ENCRYPTION_KEY and this one as`,
      'HAJIRI_ENCRYPTION_KEY_PREVIOUS to every process, then run this again.',
    );
  } else {
    lines.push(
      `Encrypted with the key ${keyId}: the secrets of ${count(connections, 'connection')}, ${count(secondFactors, 'second factor')}.`,
    );
  }
  if (unreadable > 0) {
    lines.push(
      `${count(unreadable, 'secret')} could not be opened with any key and stayed as they were: "hajiri doctor" names the connections.`,
    );
  }
  if (retiredTo !== null) {
    lines.push(`The earlier key is in ${retiredTo}. Only backups from before need it: keep it with them.`);
  } else if (!isUnchanged) lines.push('HAJIRI_ENCRYPTION_KEY_PREVIOUS is not needed any more.');
  return lines.join('\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
