import { ConfigurationError } from '../config/read-settings.ts';
import { HajiriError, InvalidInputError, isHajiriError } from '../errors/hajiri-error.ts';
import { problemPage } from '../errors/problem-codes.ts';
import { visibleJson, visibleText } from '../reports/visible-text.ts';

/** Where a command writes to and what it may ask; tests give their own. */
export type Terminal = {
  /** Results, for people or programs. */
  readonly write: (text: string) => void;
  /** Progress, questions and errors. */
  readonly tell: (text: string) => void;
  readonly isInteractive: boolean;
  /** Where a person types; standard input when left out. */
  readonly input?: NodeJS.ReadableStream;
  readonly environment: NodeJS.ProcessEnv;
};

type Streams = {
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
};

/** A file or a pipe gets a result byte for byte; what is shown on a screen, a CSV file too, is made safe for it. */
export function createTerminal({ stdin, stdout, stderr, env }: Streams): Terminal {
  return {
    write: (text) => void stdout.write(stdout.isTTY === true ? visibleText(text) : text),
    tell: (text) => void stderr.write(text),
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    environment: env,
  };
}

export const exitCodes = { success: 0, failure: 1, badInput: 2, interrupted: 130 } as const;

/** A result for people. It may hold names from elsewhere. */
export function writeText(terminal: Terminal, text: string): void {
  terminal.write(visibleText(text));
}

export function writeJson(terminal: Terminal, value: unknown): void {
  terminal.write(`${visibleJson(JSON.stringify(value, null, 2))}\n`);
}

/** Tells a failure: what happened, what to do, where to read more. Returns the exit code that goes with it. */
export function tellError(terminal: Terminal, error: unknown, asJson: boolean): number {
  const known = isHajiriError(error)
    ? error
    : new HajiriError('internal', 'Hajiri made a mistake and stopped.', { cause: error });
  if (asJson) writeJson(terminal, { error: toErrorDocument(known) });
  else terminal.tell(visibleText(describeError(known)));
  if (known.code === 'internal' && error instanceof Error) {
    // A defect: its stack is needed to mend it. Only the stack: messages of libraries may quote values.
    terminal.tell(
      `${(error.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .join('\n')}\n`,
    );
  }
  return isHajiriError(known, 'invalid_input', 'configuration_invalid')
    ? exitCodes.badInput
    : exitCodes.failure;
}

export function toErrorDocument(error: HajiriError) {
  return {
    code: error.code,
    message: error.message,
    whatToDo: error.nextStep,
    page: problemPage(error.code),
    details: error.details,
    ...(hasFaults(error) ? { faults: error.faults } : {}),
  };
}

function hasFaults(error: HajiriError): error is InvalidInputError | ConfigurationError {
  return error instanceof InvalidInputError || error instanceof ConfigurationError;
}

function describeError(error: HajiriError): string {
  const lines = hasFaults(error)
    ? ['hajiri: not valid:', ...error.faults.map(({ field, reason }) => `  ${field}: ${reason}`)]
    : [`hajiri: ${error.message}`];
  return `${[...lines, `  What to do: ${error.nextStep}`, `  More: ${problemPage(error.code)}`].join('\n')}\n`;
}
