import { z } from 'zod';
import { type InputFault, InvalidInputError } from '../../src/errors/hajiri-error.ts';
import type { LoggedRequest } from '../hosts/request-log.ts';
import type { SandboxState } from '../sandbox-state.ts';
import { employeeRecordSchema } from '../scenario/employee-schema.ts';
import { type FaultInput, type FaultRule, faultSchema } from '../scenario/fault-schema.ts';
import { instantSchema } from '../scenario/field-schemas.ts';
import { describeIssue } from '../scenario/parse-scenario.ts';
import {
  type AttendanceKey,
  attendanceKeySchema,
  attendanceRecordSchema,
} from '../scenario/record-schemas.ts';
import { type RequestsInput, requestsSchema } from '../scenario/request-schema.ts';
import {
  type RateLimitChanges,
  rateLimitSchema,
  type SwitchChanges,
  type Switches,
  switchesSchema,
} from '../scenario/switches.ts';
import { privilegeSchema } from '../scenario/tenant-schema.ts';

const keyChangesSchema = z.strictObject({
  expiresAt: instantSchema.nullable().exactOptional(),
  revoked: z.boolean().exactOptional(),
  privileges: z.array(privilegeSchema).exactOptional(),
});
export type KeyChangesInput = z.input<typeof keyChangesSchema>;

export type SandboxSummary = {
  readonly now: string;
  readonly today: string;
  readonly subdomains: readonly string[];
  readonly employees: number;
  readonly attendance: number;
  readonly keys: readonly {
    readonly name: string;
    readonly privileges: readonly string[];
    readonly expiresAt: string | null;
    readonly revoked: boolean;
  }[];
  readonly switches: Switches;
  readonly rateLimit: object;
  readonly faults: readonly FaultRule[];
};

/**
 * The verbs with which a test or a trainer changes a running sandbox; `/__sandbox/` offers the same over HTTP.
 * Bad input throws an InvalidInputError that names the field, and changes nothing.
 */
export type SandboxControl = {
  describe(): SandboxSummary;
  now(): Temporal.Instant;
  today(): Temporal.PlainDate;
  setClock(instant: Temporal.Instant | string): void;
  /** For example `{ days: 3 }` or `PT5M`; days count in the company's zone. */
  advanceClock(duration: Temporal.DurationLike | string): void;
  /** Wire records as in attendance.json; each replaces the record of the same person and day. */
  upsertAttendance(records: readonly unknown[], position?: 'first' | 'last'): void;
  removeAttendance(keys: readonly AttendanceKey[]): number;
  /** Profiles as in employees.json; each counts as modified now. */
  upsertEmployees(records: readonly unknown[]): void;
  removeEmployees(ids: readonly string[]): number;
  /** Each list that is given takes the place of the one that was there. */
  setRequests(requests: RequestsInput): void;
  addFault(rule: FaultInput): void;
  /** Without a name, all of them. */
  clearFaults(name?: string): number;
  /** Every token that was given dies; returns how many lived. */
  revokeTokens(): number;
  changeKey(name: string, changes: KeyChangesInput): void;
  changeSwitches(changes: SwitchChanges): void;
  changeRateLimit(changes: RateLimitChanges): void;
  /** Those with a number above `after`, oldest first; never contains a token or a secret. */
  requests(after?: number): readonly LoggedRequest[];
  /** Empties the request log and starts the rate window and the counting of faults anew. Data stays. */
  reset(): void;
};

export function createSandboxControl(state: SandboxState): SandboxControl {
  return { ...clockVerbs(state), ...dataVerbs(state), ...behaviourVerbs(state) };
}

function clockVerbs(state: SandboxState) {
  const { clock } = state;
  return {
    describe: () => summarise(state),
    now: () => clock.now(),
    today: () => clock.today(),
    setClock: (instant) => {
      clock.set(typeof instant === 'string' ? check('now', instantSchema, instant) : instant);
    },
    advanceClock: (duration) => {
      clock.advance(check('by', durationSchema, duration));
    },
  } satisfies Partial<SandboxControl>;
}

function dataVerbs(state: SandboxState) {
  return {
    upsertAttendance: (records, position = 'last') => {
      const entries = check('upsert', z.array(attendanceRecordSchema), records);
      // What is due comes first: a later correction must not undo what is put here now.
      state.attendance.catchUp(state.clock.now());
      state.attendance.upsert(entries, position);
    },
    removeAttendance: (keys) => {
      const checked = check('remove', z.array(attendanceKeySchema), keys);
      state.attendance.catchUp(state.clock.now());
      return state.attendance.remove(
        checked.map(({ date, employeeIdentifier }) => ({ day: date, person: employeeIdentifier })),
      );
    },
    upsertEmployees: (records) => {
      state.employees.upsert(check('upsert', z.array(employeeRecordSchema), records), state.clock.now());
    },
    setRequests: (requests) => {
      const checked = check('requests', requestsSchema, requests);
      const given = Object.keys(requests);
      state.changeRequests(
        Object.fromEntries(Object.entries(checked).filter(([name]) => given.includes(name))),
      );
    },
    removeEmployees: (ids) => state.employees.remove(check('remove', z.array(z.string()), ids)),
  } satisfies Partial<SandboxControl>;
}

function behaviourVerbs(state: SandboxState) {
  return {
    addFault: (rule) => state.faults.add(check('fault', faultSchema, rule)),
    clearFaults: (name) => state.faults.clear(name),
    revokeTokens: () => state.tokens.revokeAll(),
    changeKey: (name, changes) => {
      const known = state.keys.change(name, check('key', keyChangesSchema, changes));
      if (!known) throw new InvalidInputError([{ field: 'name', reason: 'no key has this name' }]);
    },
    changeSwitches: (changes) => state.changeSwitches(check('switches', switchesSchema, changes)),
    changeRateLimit: (changes) => state.changeRateLimit(check('rateLimit', rateLimitSchema, changes)),
    requests: (after) => state.log.entries(after),
    reset: () => {
      state.log.clear();
      state.limiter.reset();
      state.faults.reset();
    },
  } satisfies Partial<SandboxControl>;
}

const durationSchema = z
  .union([z.string(), z.record(z.string(), z.number())])
  .transform((value, context): Temporal.Duration => {
    try {
      return Temporal.Duration.from(value);
    } catch {
      context.addIssue({ code: 'custom', message: 'not a duration such as PT5M, P3D or { "days": 3 }' });
      return z.NEVER;
    }
  });

function check<Output>(what: string, schema: z.ZodType<Output>, input: unknown): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults: InputFault[] = parsed.error.issues.map((issue) => describeIssue(what, issue));
  throw new InvalidInputError(faults);
}

function summarise(state: SandboxState): SandboxSummary {
  state.attendance.catchUp(state.clock.now());
  return {
    now: state.clock.now().toString({ smallestUnit: 'millisecond' }),
    today: state.clock.today().toString(),
    subdomains: state.subdomains,
    employees: state.employees.count(),
    attendance: state.attendance.count(),
    keys: state.keys.all().map(({ name, privileges, expiresAt, revoked }) => ({
      name,
      privileges,
      expiresAt: expiresAt?.toString() ?? null,
      revoked,
    })),
    switches: state.switches(),
    rateLimit: state.rateLimit(),
    faults: state.faults.all(),
  };
}
