import type { Command } from 'commander';
import { runSandbox } from '../../../sandbox/run-sandbox.ts';
import { InvalidInputError } from '../../errors/hajiri-error.ts';
import { type CommandLine, untilAborted } from '../command-line.ts';
import { writeText } from '../terminal.ts';

export function addSandboxVerb(program: Command, { terminal, clock, signal }: CommandLine): void {
  program
    .command('sandbox')
    .description('Run a stand-in for Keka from a scenario folder (docs/sandbox.md).')
    .requiredOption('--scenario <folder>', 'such as sandbox/scenarios/demo')
    .option('--port <port>', 'on 127.0.0.1; a free one when left out', '0')
    .action(async (options: { scenario: string; port: string }) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65_535) {
        throw new InvalidInputError([{ field: '--port', reason: 'must be a whole number from 0 to 65535' }]);
      }
      const sandbox = await runSandbox({
        scenarioFolder: options.scenario,
        port,
        clock,
        write: (line) => writeText(terminal, `${line}\n`),
      });
      await untilAborted(signal);
      await sandbox.close();
    });
}
