import type { ColumnType, Generated } from 'kysely';
import type { ConnectionId, EmployeeRef, OrganisationId, RunId } from './schema.ts';

// The part of schema.ts that is about what is asked of a day.

type Text = string;
type Instant = Temporal.Instant;
type PlainDate = Temporal.PlainDate;

export type ReevaluationId = string & { readonly __brand: 'ReevaluationId' };

export type AttendancePolicyTable = {
  organisation_id: OrganisationId;
  number: number;
  scope: 'organisation' | 'location' | 'team' | 'shift';
  subject: Text | null;
  valid_from: PlainDate;
  valid_to: PlainDate | null;
  late_grace_minutes: number;
  early_out_grace_minutes: number;
  full_day_minutes: number | null;
  half_day_minutes: number | null;
  short_span_minutes: number;
  overtime_after_minutes: number | null;
  made_at: Instant;
  made_by: Text;
  removed_at: Instant | null;
};

export type ReevaluationReason = 'policy' | 'rules' | 'directory' | 'requests';

export type ReevaluationTable = {
  organisation_id: OrganisationId;
  id: Generated<ReevaluationId>;
  reason: ReevaluationReason;
  date_from: PlainDate;
  date_to: PlainDate;
  state: 'waiting' | 'finished';
  done_connection: ConnectionId | null;
  done_date: PlainDate | null;
  done_guid: Text | null;
  rules_version: number;
  judged: Generated<number>;
  changed: Generated<number>;
  requested_at: Instant;
  ended_at: Instant | null;
};

export type MonthLockTable = {
  organisation_id: OrganisationId;
  month: PlainDate;
  locked_at: Instant;
  locked_by: Text;
};

export type DriftDayTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  date: PlainDate;
  source_guid: Text;
  kind: 'changed' | 'new' | 'withdrawn';
  changed: Text[];
  record: ColumnType<Readonly<Record<string, unknown>> | null, string | null, string | null>;
  run_id: RunId;
  seen_at: Instant;
};

export type DayNoteTable = {
  organisation_id: OrganisationId;
  id: Generated<Text>;
  date: PlainDate;
  employee: EmployeeRef | null;
  connection_id: ConnectionId | null;
  source_guid: Text | null;
  status: 'present' | 'half_day' | 'absent' | 'on_leave' | 'weekly_off' | 'holiday' | null;
  note: Text;
  made_at: Instant;
  made_by: Text;
  ended_at: Instant | null;
};

export type DayRequestKind = 'leave' | 'work_from_home' | 'on_duty';

export type DayRequestTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  kind: DayRequestKind;
  request_id: Text;
  source_guid: Text;
  date_from: PlainDate;
  date_to: PlainDate;
  begins_at_noon: boolean;
  ends_at_noon: boolean;
  state: 'approved' | 'pending' | 'ended';
  name: Text | null;
  read_at: Instant;
};
