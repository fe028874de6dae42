import { describeProblem, type ProblemCode } from './problem-codes.ts';

/** Values that are safe to show and to log: never a secret, a body, an SQL parameter or a person's data. */
export type SafeDetails = Readonly<Record<string, string | number | boolean | null>>;

export type HajiriErrorOptions = {
  readonly details?: SafeDetails;
  readonly cause?: unknown;
};

/**
 * The one base of every error that Hajiri throws on purpose. `message` is a sentence that a person may read;
 * everything that is not a HajiriError is a defect and is shown as `internal`.
 */
export class HajiriError<Code extends ProblemCode = ProblemCode> extends Error {
  override readonly name: string = 'HajiriError';
  readonly code: Code;
  readonly details: SafeDetails;

  constructor(code: Code, message: string, options: HajiriErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }

  get nextStep(): string {
    return describeProblem(this.code).nextStep;
  }
}

/** One fault in the input: which field, and why it is refused. */
export type InputFault = { readonly field: string; readonly reason: string };

/** Bad input, found at the border. HTTP answers 422, the command line ends with code 2. */
export class InvalidInputError extends HajiriError<'invalid_input'> {
  override readonly name = 'InvalidInputError';
  readonly faults: readonly InputFault[];

  constructor(faults: readonly InputFault[]) {
    super('invalid_input', faults.map((fault) => `${fault.field}: ${fault.reason}`).join('; '));
    this.faults = faults;
  }
}

export function isHajiriError<Code extends ProblemCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is HajiriError<Code> {
  if (!(error instanceof HajiriError)) return false;
  const known: readonly string[] = codes;
  return codes.length === 0 || known.includes(error.code);
}
