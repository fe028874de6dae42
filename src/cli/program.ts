import { Command, CommanderError } from 'commander';
import type { Clock } from '../clock/clock.ts';
import { isHajiriError } from '../errors/hajiri-error.ts';
import { visibleText } from '../reports/visible-text.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, type Terminal, tellError } from './terminal.ts';
import { addConnectionsVerb } from './verbs/connections.ts';
import { addDemoVerb } from './verbs/demo.ts';
import { addDoctorVerb } from './verbs/doctor.ts';
import { addEmployeesVerb } from './verbs/employees.ts';
import { addFetchVerb } from './verbs/fetch.ts';
import { addOrganisationsVerb } from './verbs/organisations.ts';
import { addReportVerb } from './verbs/report.ts';
import { addRunsVerb } from './verbs/runs.ts';
import { addSandboxVerb } from './verbs/sandbox.ts';
import { addServeVerb } from './verbs/serve.ts';

/**
 * Runs one command line and returns its exit code: 0 done, 1 failed, 2 not valid (nothing was changed), 130 stopped
 * on request.
 */
export async function runProgram(
  argv: readonly string[],
  options: { readonly terminal: Terminal; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<number> {
  let exitCode: number = exitCodes.success;
  const commandLine: CommandLine = {
    ...options,
    endWith: (code) => {
      exitCode = code;
    },
  };
  try {
    await createProgram(commandLine).parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.badInput;
    if (isHajiriError(error, 'interrupted')) {
      if (!options.signal.aborted) options.terminal.tell(`hajiri: ${error.message}\n`);
      return exitCodes.interrupted;
    }
    return tellError(options.terminal, error, argv.includes('--json'));
  }
}

function createProgram(commandLine: CommandLine): Command {
  const { terminal } = commandLine;
  const program = new Command('hajiri')
    .description('Fetches first-in and last-out punches from Keka HR and reports them.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.write,
      writeErr: (text) => terminal.tell(visibleText(text)),
    })
    .showHelpAfterError('Run it with --help to see what it takes.');
  const verbs = [
    addDemoVerb,
    addServeVerb,
    addFetchVerb,
    addReportVerb,
    addRunsVerb,
    addConnectionsVerb,
    addEmployeesVerb,
    addOrganisationsVerb,
    addDoctorVerb,
    addSandboxVerb,
  ];
  for (const add of verbs) add(program, commandLine);
  // Run by the launcher, since they need the packages of a developer; named here so that --help shows them.
  program.command('test').description('Run the whole test suite: types, lint, unit, integration.');
  program.command('bench').description('Measure speed against a floor: fetch, crash.');
  return program;
}
