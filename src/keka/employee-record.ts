import {
  asObject,
  hintOf,
  noFault,
  type RefusedRecord,
  readCode,
  readEnum,
  readGuid,
  readOptionalDate,
  readText,
  report,
  type WireFault,
  type WireObject,
} from './wire-values.ts';

export type EmployeeGroup = {
  readonly id: string | null;
  readonly title: string | null;
  /** Keka's SystemGroupType: 2 department, 3 office, others as received. */
  readonly type: number | null;
};

/**
 * One person as Keka's directory knows them. Only what matching and the reports need: private addresses, phones, birth
 * dates, pay and health data are in the same answer and are never read.
 */
export type EmployeeRecord = {
  readonly guid: string;
  readonly employeeNumber: string | null;
  readonly attendanceNumber: string | null;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly lastName: string | null;
  readonly displayName: string | null;
  /** The work e-mail. */
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly location: string | null;
  readonly department: string | null;
  readonly groups: readonly EmployeeGroup[];
  readonly joiningDate: Temporal.PlainDate | null;
  readonly exitDate: Temporal.PlainDate | null;
  /** 0 working, 1 relieved, others as received. */
  readonly employmentStatus: number | null;
};

export type ParsedEmployeeRecord = { readonly ok: true; readonly record: EmployeeRecord } | RefusedRecord;

const departmentGroup = 2;
const officeGroup = 3;

/** Parses one record of the employee list: every field but the GUID may be missing, none may be of another type. */
export function parseEmployeeRecord(raw: unknown): ParsedEmployeeRecord {
  const wire = asObject(raw);
  const fault = noFault();
  const record = wire === null ? report(fault, 'record', 'is not an object') : readRecord(wire, fault);
  if (record !== null && fault.field === null) return { ok: true, record };
  return {
    ok: false,
    field: fault.field ?? 'record',
    reason: fault.reason,
    hint: hintOf(raw, { guid: 'id', date: null }),
  };
}

function readRecord(wire: WireObject, fault: WireFault): EmployeeRecord | null {
  const guid = readGuid(wire.id, 'id', fault);
  if (guid === null) return report(fault, 'id', 'is missing');
  const groups = readGroups(wire.groups, fault);
  return {
    guid,
    employeeNumber: readCode(wire.employeeNumber, 'employeeNumber', fault),
    attendanceNumber: readCode(wire.attendanceNumber, 'attendanceNumber', fault),
    firstName: readText(wire.firstName, 'firstName', fault),
    middleName: readText(wire.middleName, 'middleName', fault),
    lastName: readText(wire.lastName, 'lastName', fault),
    displayName: readText(wire.displayName, 'displayName', fault),
    email: readText(wire.email, 'email', fault),
    jobTitle: readTitle(wire.jobTitle, fault),
    location: titleOf(groups, officeGroup),
    department: titleOf(groups, departmentGroup),
    groups,
    joiningDate: readOptionalDate(wire.joiningDate, 'joiningDate', fault),
    exitDate: readOptionalDate(wire.exitDate, 'exitDate', fault),
    employmentStatus: readEnum(wire.employmentStatus, 'employmentStatus', fault),
  };
}

function readTitle(value: unknown, fault: WireFault): string | null {
  if (value === null || value === undefined) return null;
  const wire = asObject(value);
  if (wire === null) return report(fault, 'jobTitle', 'is not an object');
  return readText(wire.title, 'jobTitle.title', fault);
}

function readGroups(value: unknown, fault: WireFault): readonly EmployeeGroup[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) {
    report(fault, 'groups', 'is not a list');
    return [];
  }
  return value.map((group: unknown) => {
    const wire = asObject(group);
    if (wire === null) report(fault, 'groups', 'holds something that is not an object');
    return {
      id: readCode(wire?.id, 'groups.id', fault),
      title: readText(wire?.title, 'groups.title', fault),
      type: readEnum(wire?.groupType, 'groups.groupType', fault),
    };
  });
}

/** Tenants number their legal entity differently, but offices and departments alike. The first with a title counts. */
function titleOf(groups: readonly EmployeeGroup[], type: number): string | null {
  return groups.find((group) => group.type === type && group.title !== null)?.title ?? null;
}
