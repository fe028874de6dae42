import { Command, CommanderError } from 'commander';
import type { Clock } from '../clock/clock.ts';
import { InvalidInputError, isHajiriError } from '../errors/hajiri-error.ts';
import { visibleText } from '../reports/visible-text.ts';
import type { CommandLine } from './command-line.ts';
import { exitCodes, type Terminal, tellError, toErrorDocument, writeJson } from './terminal.ts';
import { addAccountsVerb } from './verbs/accounts.ts';
import { addAuditVerb } from './verbs/audit.ts';
import { addBackfillVerb } from './verbs/backfill.ts';
import { addConnectionsVerb } from './verbs/connections.ts';
import { addDemoVerb } from './verbs/demo.ts';
import { addDoctorVerb } from './verbs/doctor.ts';
import { addEmployeesVerb } from './verbs/employees.ts';
import { addFetchVerb } from './verbs/fetch.ts';
import { addKeysVerb } from './verbs/keys.ts';
import { addLinksVerb } from './verbs/links.ts';
import { addMonthsVerb } from './verbs/months.ts';
import { addNotesVerb } from './verbs/notes.ts';
import { addOrganisationsVerb } from './verbs/organisations.ts';
import { addPeopleVerb } from './verbs/people.ts';
import { addPoliciesVerb } from './verbs/policies.ts';
import { addReportVerb } from './verbs/report.ts';
import { addRetentionVerb } from './verbs/retention.ts';
import { addRunsVerb } from './verbs/runs.ts';
import { addSandboxVerb } from './verbs/sandbox.ts';
import { addScheduleVerb } from './verbs/schedule.ts';
import { addServeVerb } from './verbs/serve.ts';
import { addTokensVerb } from './verbs/tokens.ts';

/**
 * Runs one command line and returns its exit code: 0 done, 1 failed, 2 not valid (nothing was changed), 130 stopped
 * on request.
 */
export async function runProgram(
  argv: readonly string[],
  options: { readonly terminal: Terminal; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<number> {
  let exitCode: number = exitCodes.success;
  const asJson = argv.includes('--json');
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
    if (error instanceof CommanderError) return endUsage(options.terminal, error, asJson);
    if (isHajiriError(error, 'interrupted')) {
      if (!options.signal.aborted) options.terminal.tell(`hajiri: ${error.message}\n`);
      return exitCodes.interrupted;
    }
    return tellError(options.terminal, error, asJson);
  }
}

/** Help that was asked for, or a command line that says what there is not. Its words are on standard error already. */
function endUsage(terminal: Terminal, error: CommanderError, asJson: boolean): number {
  if (error.exitCode === 0) return exitCodes.success;
  if (asJson) {
    const reason = withoutValues(error.message.replace(/^error: /, ''));
    writeJson(terminal, { error: toErrorDocument(new InvalidInputError([{ field: 'arguments', reason }])) });
  }
  return exitCodes.badInput;
}

/** What stands there instead of an option or a name may be a secret, by mistake, and standard error a log. */
function withoutValues(message: string): string {
  return message
    .replace(/(unknown option '[^'=]*=)[^']*'/, "$1…'")
    .replace(/^((?:error: )?too many arguments [^:]*): .*/, '$1');
}

export function createProgram(commandLine: CommandLine): Command {
  const { terminal } = commandLine;
  const program = new Command('hajiri')
    .description('Fetches first-in and last-out punches from Keka HR and reports them.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.write,
      writeErr: (text) => terminal.tell(visibleText(text)),
      outputError: (text, write) => write(`${withoutValues(text.trimEnd())}\n`),
    })
    .showHelpAfterError('Run it with --help to see what it takes.');
  const verbs = [
    addDemoVerb,
    addServeVerb,
    addFetchVerb,
    addReportVerb,
    addRunsVerb,
    addScheduleVerb,
    addBackfillVerb,
    addConnectionsVerb,
    addEmployeesVerb,
    addLinksVerb,
    addOrganisationsVerb,
    addAccountsVerb,
    addAuditVerb,
    addTokensVerb,
    addKeysVerb,
    addPeopleVerb,
    addPoliciesVerb,
    addMonthsVerb,
    addNotesVerb,
    addRetentionVerb,
    addDoctorVerb,
    addSandboxVerb,
  ];
  for (const add of verbs) add(program, commandLine);
  // Run by the launcher, since they need the packages of a developer; named here so that --help shows them.
  addLauncherVerb(program, 'test', 'Run the whole test suite: types, lint, unit, integration, browser.');
  addLauncherVerb(
    program,
    'bench',
    'Measure speed against a floor, and trust in a crash: fetch, directory, crash, sign-in.',
  );
  return program;
}

function addLauncherVerb(program: Command, name: string, description: string): void {
  program
    .command(name)
    .description(description)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw new InvalidInputError([{ field: name, reason: `is run by the launcher: ./hajiri ${name}` }]);
    });
}
