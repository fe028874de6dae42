import { isZoneName } from '../attendance/local-time.ts';
import { type MatchKey, toMatchKey } from '../attendance/match-key.ts';
import type { InputFault } from '../errors/hajiri-error.ts';

/** What an employee is made of, in the order of a file. */
export const employeeColumns = [
  'employee_id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'team',
  'designation',
  'location',
  'time_zone',
  'joining_date',
  'leaving_date',
  'manager',
  'status',
  'tags',
] as const;
export type EmployeeColumn = (typeof employeeColumns)[number];

/** Cells as somebody typed them; what is not there is empty. */
export type EmployeeCells = Readonly<Partial<Record<EmployeeColumn, string>>>;

/** Checked values. `employeeId` is kept byte for byte; `matchKey` is what is compared. Dates are `YYYY-MM-DD`. */
export type EmployeeValues = {
  readonly employeeId: string | null;
  readonly matchKey: MatchKey | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly team: string | null;
  readonly designation: string | null;
  readonly location: string | null;
  readonly timeZone: string | null;
  readonly joiningDate: string | null;
  readonly leavingDate: string | null;
  /** The Employee ID of the manager in the form in which codes are compared. */
  readonly managerKey: MatchKey | null;
  readonly status: 'active' | 'inactive';
  readonly tags: readonly string[];
};

const longest = 300;
const tooLong = `must have at most ${longest} characters`;

/**
 * The rules of every field, for a row of a file and for what is typed into a form alike: every fault, or the values. It
 * runs for each of some hundred thousand rows, so it is plain code.
 */
export function readEmployeeFields(
  cells: EmployeeCells,
): { readonly values: EmployeeValues } | { readonly faults: readonly InputFault[] } {
  const faults: InputFault[] = [];
  const text = (name: EmployeeColumn): string | null => {
    const cell = cells[name] ?? '';
    if (cell.length > longest) faults.push({ field: name, reason: tooLong });
    const trimmed = cell.trim();
    return trimmed === '' ? null : trimmed;
  };
  const checked = (name: EmployeeColumn, isValid: (value: string) => boolean, reason: string) => {
    const value = text(name);
    if (value !== null && !isValid(value)) faults.push({ field: name, reason });
    return value;
  };
  text('employee_id'); // its length
  const employeeId = cells.employee_id ?? '';
  const matchKey = toMatchKey(employeeId);
  const firstName = text('first_name');
  if (firstName === null) faults.push({ field: 'first_name', reason: 'must not be empty' });
  const values: EmployeeValues = {
    // A code of nothing but blanks or invisible characters is no code.
    employeeId: matchKey === null ? null : employeeId,
    matchKey,
    firstName: firstName ?? '',
    lastName: text('last_name') ?? '',
    email: checked('email', isEmail, 'must be an e-mail address'),
    phone: text('phone'),
    team: text('team'),
    designation: text('designation'),
    location: text('location'),
    timeZone: checked('time_zone', isKnownZone, 'must be an IANA time zone such as Asia/Kolkata'),
    joiningDate: checked('joining_date', isDate, notADate),
    leavingDate: checked('leaving_date', isDate, notADate),
    managerKey: toMatchKey(text('manager')),
    status: statusOf(checked('status', isStatus, 'must be active or inactive')),
    tags: readTags(text('tags') ?? ''),
  };
  if (values.joiningDate !== null && values.leavingDate !== null && values.leavingDate < values.joiningDate) {
    faults.push({ field: 'leaving_date', reason: 'lies before the joining date' });
  }
  return faults.length === 0 ? { values } : { faults };
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);
const isStatus = (text: string) => /^(?:active|inactive)$/i.test(text);
const statusOf = (text: string | null) => (text?.toLowerCase() === 'inactive' ? 'inactive' : 'active');

/** Each once, without regard to capitals, in the order in which they were typed. */
export function readTags(text: string): readonly string[] {
  const tags = new Map<string, string>();
  for (const part of text.split(/[;,]/)) {
    const tag = part.trim();
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

const notADate = 'must be a date that exists, written YYYY-MM-DD';

export function isDate(text: string): boolean {
  // PostgreSQL has no year 0.
  const parts = /^(?!0000)(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  // Most days exist in every month; only the others are worth a calendar.
  if (month >= 1 && month <= 12 && day >= 1 && day <= 28) return true;
  try {
    Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** A company has a handful of zones, and asking for one is slow. */
const zones = new Map<string, boolean>();
function isKnownZone(name: string): boolean {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const isKnown = isZoneName(name);
  if (zones.size < 1000) zones.set(name, isKnown);
  return isKnown;
}
