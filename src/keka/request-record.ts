import {
  asObject,
  hintOf,
  noFault,
  type RefusedRecord,
  readCode,
  readDate,
  readGuid,
  readNumber,
  readText,
  report,
  type WireFault,
  type WireObject,
} from './wire-values.ts';

export const requestKinds = ['leave', 'work_from_home', 'on_duty'] as const;
export type RequestKind = (typeof requestKinds)[number];

/** A request of somebody for days on which they will not be where they usually are. */
export type RequestRecord = {
  readonly id: string;
  /** At least one of these two says whose it is. */
  readonly sourceGuid: string | null;
  readonly employeeNumber: string | null;
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
  /** Only the second half of the first day. */
  readonly beginsAtNoon: boolean;
  /** Only the first half of the last day. */
  readonly endsAtNoon: boolean;
  readonly state: 'approved' | 'pending' | 'ended';
  /** What Keka calls the leave. */
  readonly name: string | null;
};

export type ParsedRequestRecord = { readonly ok: true; readonly record: RequestRecord } | RefusedRecord;

/**
 * Which numbers mean what differs between leave and the others [seen live]: leave counts from 0 (pending, approved,
 * rejected, cancelled, in approval), the others from 1 (pending, approved, rejected, cancelled, revoked).
 */
const approvedNumbers: Readonly<Record<RequestKind, number>> = { leave: 1, work_from_home: 2, on_duty: 2 };
const pendingNumbers: Readonly<Record<RequestKind, readonly number[]>> = {
  leave: [0, 4],
  work_from_home: [1],
  on_duty: [1],
};
const pendingWords = new Set(['pending', 'inapprovalprocess', 'in approval process']);
const firstHalf = 0;
const secondHalf = 1;
const longestName = 100;

/** Parses one record of the lists of leave, work-from-home and on-duty requests. */
export function parseRequestRecord(kind: RequestKind, raw: unknown): ParsedRequestRecord {
  const wire = asObject(raw);
  const fault = noFault();
  const record = wire === null ? report(fault, 'record', 'is not an object') : readRecord(kind, wire, fault);
  if (record !== null && fault.field === null) return { ok: true, record };
  return {
    ok: false,
    field: fault.field ?? 'record',
    reason: fault.reason,
    hint: hintOf(raw, { guid: 'employeeIdentifier', date: 'fromDate' }),
  };
}

function readRecord(kind: RequestKind, wire: WireObject, fault: WireFault): RequestRecord | null {
  const id = readCode(wire.id, 'id', fault);
  const sourceGuid = readGuid(wire.employeeIdentifier, 'employeeIdentifier', fault);
  const employeeNumber = readCode(wire.employeeNumber, 'employeeNumber', fault);
  const from = readDate(wire.fromDate, 'fromDate', fault);
  const to = readDate(wire.toDate, 'toDate', fault) ?? from;
  if (id === null || id === '') return report(fault, 'id', 'is missing');
  if (sourceGuid === null && employeeNumber === null)
    return report(fault, 'employeeIdentifier', 'is missing');
  if (from === null || to === null) return report(fault, 'fromDate', 'is missing');
  if (Temporal.PlainDate.compare(from, to) > 0) return report(fault, 'toDate', 'lies before fromDate');
  const begins = readNumber(wire.fromSession, 'fromSession', fault);
  const ends = readNumber(wire.toSession, 'toSession', fault);
  return {
    id,
    sourceGuid,
    employeeNumber: employeeNumber?.trim() ?? null,
    from,
    to,
    beginsAtNoon: begins === secondHalf,
    // Where only one of the two is there, nobody knows what it says.
    endsAtNoon: begins !== null && ends === firstHalf,
    state: readState(kind, wire),
    name: readName(wire, fault),
  };
}

/** A number or a word; without either, what everybody says who has to approve. */
function readState(kind: RequestKind, wire: WireObject): RequestRecord['state'] {
  const { status, approvers } = wire;
  if (typeof status === 'number' || (typeof status === 'string' && /^\d+$/.test(status)))
    return stateOfNumber(kind, Number(status));
  if (typeof status === 'string') return stateOfWord(status);
  if (!Array.isArray(approvers) || approvers.length === 0) return 'pending';
  const states = approvers.map((approver: unknown) => {
    const said = asObject(approver)?.status;
    if (typeof said === 'number') return stateOfNumber(kind, said);
    return typeof said === 'string' ? stateOfWord(said) : 'pending';
  });
  if (states.includes('ended')) return 'ended';
  return states.every((state) => state === 'approved') ? 'approved' : 'pending';
}

function stateOfNumber(kind: RequestKind, number: number): RequestRecord['state'] {
  if (number === approvedNumbers[kind]) return 'approved';
  return pendingNumbers[kind].includes(number) ? 'pending' : 'ended';
}

function stateOfWord(word: string): RequestRecord['state'] {
  const plain = word.trim().toLowerCase();
  if (plain === 'approved') return 'approved';
  return pendingWords.has(plain) ? 'pending' : 'ended';
}

function readName({ selection }: WireObject, fault: WireFault): string | null {
  if (!Array.isArray(selection)) return null;
  const names = selection.flatMap((part: unknown) => {
    const name = readText(asObject(part)?.leaveTypeName, 'selection.leaveTypeName', fault)?.trim();
    return name === undefined || name === '' ? [] : [name];
  });
  return names.length === 0 ? null : names.join(', ').slice(0, longestName);
}
