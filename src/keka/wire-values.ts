/** The first fault of a record; a record has one when `field` is not null. What the field holds is never passed on. */
export type WireFault = { field: string | null; reason: string };

/** What little of a refused record still tells a person which day of whom to open in Keka. */
export type RecordHint = {
  readonly guid: string | null;
  readonly employeeNumber: string | null;
  readonly date: string | null;
};

export type RefusedRecord = {
  readonly ok: false;
  readonly field: string;
  readonly reason: string;
  readonly hint: RecordHint;
};

export type WireObject = Readonly<Record<string, unknown>>;

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const noGuid = '00000000-0000-0000-0000-000000000000';
const decimal = /^\s*[+-]?\d{1,15}(?:\.\d{1,15})?\s*$/;
// PostgreSQL has no year 0.
const leadingDate = /^(?!0000)(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/;
/** What .NET writes for a date that nobody set. */
const noDate = '0001-01-01';
const largestEnum = 2 ** 31 - 1;

export function noFault(): WireFault {
  return { field: null, reason: '' };
}

export function report(fault: WireFault, field: string, reason: string): null {
  if (fault.field === null) {
    fault.field = field;
    fault.reason = reason;
  }
  return null;
}

export function asObject(value: unknown): WireObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as WireObject) : null; // any JSON object is one
}

/** Text or nothing; numbers become text, because codes such as 1042 come as either. */
export function readCode(value: unknown, field: string, fault: WireFault): string | null {
  if (typeof value === 'string') return withoutZeros(value);
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return report(fault, field, 'is neither a text nor a number');
}

export function readText(value: unknown, field: string, fault: WireFault): string | null {
  if (typeof value === 'string') return withoutZeros(value);
  if (value === null || value === undefined) return null;
  return report(fault, field, 'is not a text');
}

/** PostgreSQL refuses a text with U+0000 in it, and with it all other records of the page. */
function withoutZeros(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

export function readNumber(value: unknown, field: string, fault: WireFault): number | null {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && decimal.test(value)) return Number(value);
  return report(fault, field, 'is not a number');
}

/** A number of a closed list of Keka's. Numbers that the list does not know are kept, as far as 32 bits hold them. */
export function readEnum(value: unknown, field: string, fault: WireFault): number | null {
  const number = readNumber(value, field, fault);
  if (number === null) return null;
  if (!Number.isInteger(number)) return report(fault, field, 'is not a whole number');
  return Math.abs(number) <= largestEnum ? number : report(fault, field, 'is too large a number');
}

/** In lower case. The empty GUID of .NET counts as none. */
export function readGuid(value: unknown, field: string, fault: WireFault): string | null {
  if (value === null || value === undefined || value === noGuid) return null;
  if (typeof value === 'string' && guid.test(value)) return value.toLowerCase();
  return report(fault, field, 'is not a GUID');
}

/** Record after record has the same date: it is made once, and whoever looks at it again knows it by its identity. */
let latest: { readonly text: string; readonly date: Temporal.PlainDate } | null = null;

/**
 * A calendar date that travels as a moment (`2026-03-23T00:00:00Z`): its first ten characters, in whatever zone the rest
 * claims to be. Turned into an instant first it would become another day west of there.
 */
export function readDate(value: unknown, field: string, fault: WireFault): Temporal.PlainDate | null {
  if (value === null || value === undefined) return null;
  if (value === latest?.text) return latest.date;
  const parts = typeof value === 'string' ? leadingDate.exec(value) : null;
  if (parts === null) return report(fault, field, 'does not begin with a date (YYYY-MM-DD)');
  try {
    // The constructor refuses impossible dates such as 30 February.
    const date = new Temporal.PlainDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    if (typeof value === 'string') latest = { text: value, date };
    return date;
  } catch {
    return report(fault, field, 'is a date that does not exist');
  }
}

/** As `readDate`; blank text and the date that .NET writes for "never set" are no date. */
export function readOptionalDate(value: unknown, field: string, fault: WireFault): Temporal.PlainDate | null {
  if (value === '' || (typeof value === 'string' && value.startsWith(noDate))) return null;
  return readDate(value, field, fault);
}

/** Best effort over anything at all, each part bounded. */
export function hintOf(raw: unknown, keys: { guid: string; date: string | null }): RecordHint {
  const record = asObject(raw) ?? {};
  const id = record[keys.guid];
  const number = record.employeeNumber;
  const date = keys.date === null ? null : record[keys.date];
  return {
    guid: typeof id === 'string' && guid.test(id) ? id.toLowerCase() : null,
    employeeNumber:
      typeof number === 'string' || typeof number === 'number' ? String(number).slice(0, 64) : null,
    date: readDate(date, '', noFault())?.toString() ?? null,
  };
}
