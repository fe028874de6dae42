import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ApiTokenTable, InvitationTable, MembershipTable } from './account-tables.ts';
import type {
  EmployeeImportRowTable,
  EmployeeImportTable,
  EmployeeTable,
  ExclusionRuleTable,
  LinkDecisionTable,
  PersonLinkTable,
  SourcePersonTable,
  TeamMoveTable,
  TeamTable,
} from './directory-tables.ts';
import type { ErasedPersonTable, RetentionTable } from './privacy-tables.ts';
import type {
  AttendancePolicyTable,
  DayNoteTable,
  DayRequestTable,
  DriftDayTable,
  MonthLockTable,
  ReevaluationTable,
} from './rule-tables.ts';

// The tables as the migrations make them, written by hand; an integration test compares them with the database.

type Text = string;
type Instant = Temporal.Instant;
type PlainDate = Temporal.PlainDate;

export type OrganisationId = string & { readonly __brand: 'OrganisationId' };
export type ConnectionId = string & { readonly __brand: 'ConnectionId' };
export type RunId = string & { readonly __brand: 'RunId' };
export type UserId = string & { readonly __brand: 'UserId' };
export type ApiTokenId = string & { readonly __brand: 'ApiTokenId' };
export type InvitationId = string & { readonly __brand: 'InvitationId' };
export type TeamId = string & { readonly __brand: 'TeamId' };
export type ImportId = string & { readonly __brand: 'ImportId' };
/** Our own id of an employee; the Employee ID of the company is text and stands in `employee_id`. */
export type EmployeeRef = string & { readonly __brand: 'EmployeeRef' };

type OrganisationTable = {
  id: Generated<OrganisationId>;
  name: Text;
  zone: Text;
  created_at: Instant;
};

export type IdentificationKey = 'employee_number' | 'attendance_number' | 'email' | 'guid';

/** What becomes of people in Keka who are not in the directory. */
export type NewPeople = 'never' | 'suggest' | 'create';

type ConnectionTable = {
  organisation_id: OrganisationId;
  id: Generated<ConnectionId>;
  name: Text;
  subdomain: Text;
  environment: 'keka' | 'kekademo';
  identification_key: IdentificationKey;
  requests_per_minute: Generated<number>;
  auto_run: Generated<boolean>;
  punch_basis: Generated<'utc' | 'local'>;
  shift_basis: Generated<'utc' | 'local'>;
  sealed_credentials: Text;
  key_expires_on: PlainDate | null;
  people_read_at: Instant | null;
  new_people: Generated<NewPeople>;
  overwrite_fields: Generated<Text[]>;
  people_changed_read_at: Instant | null;
  people_problem: Text | null;
  read_requests: Generated<boolean>;
  created_at: Instant;
};

/**
 * `schedule` at its due time, `catch_up` for due times that were missed, `retry` after a run that did not get everything;
 * `manual` on request, `backfill` one part of a range that is read little by little.
 */
export type RunTrigger = 'manual' | 'demo' | 'schedule' | 'catch_up' | 'retry' | 'backfill';
export type RunState = 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'interrupted';

/** A datemultirange as text; `runs/date-ranges.ts` reads and writes it. */
export type DateRanges = string & { readonly __brand: 'DateRanges' };
export type BackfillId = string & { readonly __brand: 'BackfillId' };

/** Json that is read by whoever wrote it. */
type Json = ColumnType<Readonly<Record<string, unknown>> | null, string | null, string | null>;

type RunTable = {
  organisation_id: OrganisationId;
  id: Generated<RunId>;
  connection_id: ConnectionId;
  trigger: RunTrigger;
  date_from: PlainDate;
  date_to: PlainDate;
  state: RunState;
  started_at: Instant;
  ended_at: Instant | null;
  owner: Text | null;
  lease_expires_at: Instant | null;
  error_code: Text | null;
  error_message: Text | null;
  inserted: Generated<number>;
  changed: Generated<number>;
  unchanged: Generated<number>;
  unlinked: Generated<number>;
  invalid: Generated<number>;
  held: Generated<number>;
  pages: Generated<number>;
  requests: Generated<number>;
  retries: Generated<number>;
  rate_limited: Generated<number>;
  waited_milliseconds: Generated<number>;
  dates: DateRanges;
  requested_at: Instant;
  due_at: Instant | null;
  attempt: Generated<number>;
  follows: RunId | null;
  backfill_id: BackfillId | null;
  fence: Generated<number>;
  beat: Generated<number>;
  is_complete: boolean | null;
  accept_unusual_count: Generated<boolean>;
  cancel_requested_at: Instant | null;
  dispatched_at: Instant | null;
  progress: Json;
};

export type ChunkState = 'committed' | 'unverified' | 'failed';

type RunChunkTable = {
  organisation_id: OrganisationId;
  run_id: RunId;
  number: number;
  date_from: PlainDate;
  date_to: PlainDate;
  state: ChunkState;
  attempts: number;
  pages: number;
  announced: number | null;
  received: number;
  inserted: number;
  changed: number;
  unchanged: number;
  invalid: number;
  held: Generated<number>;
  error_code: Text | null;
  ended_at: Instant;
};

type RunProblemTable = {
  organisation_id: OrganisationId;
  run_id: RunId;
  number: number;
  code: Text;
  source_guid: Text | null;
  employee: EmployeeRef | null;
  date_from: PlainDate | null;
  date_to: PlainDate | null;
  days: number | null;
  details: JSONColumnType<Record<string, string | number | boolean | null>>;
};

type DateCoverageTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  date: PlainDate;
  first_complete_read_at: Instant;
  last_complete_read_at: Instant;
  last_run_id: RunId;
  people: number;
};

type AttendanceDayTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  date: PlainDate;
  source_guid: Text;
  employee_number: Text | null;
  day_type: number | null;
  shift_start: Instant | null;
  shift_end: Instant | null;
  shift_minutes: number | null;
  first_in: Instant | null;
  first_in_premise: Text | null;
  first_in_punch_status: number | null;
  first_in_log_source: number | null;
  first_in_unreadable: boolean;
  last_out: Instant | null;
  last_out_premise: Text | null;
  last_out_punch_status: number | null;
  last_out_log_source: number | null;
  last_out_unreadable: boolean;
  gross_minutes: number | null;
  effective_minutes: number | null;
  break_minutes: number | null;
  keka_overtime_minutes: number | null;
  status: Text;
  flags: Text[];
  is_open: Generated<boolean>;
  late_minutes: number | null;
  early_out_minutes: number | null;
  overtime_minutes: number | null;
  expected_minutes: number | null;
  policy: number | null;
  rules_version: number;
  first_read_at: Instant;
  first_run_id: RunId;
  changed_at: Instant | null;
  missed_reads: Generated<number>;
  record_hash: Buffer;
  record: ColumnType<unknown, string, string>;
};

type RevisionTable = {
  organisation_id: OrganisationId;
  id: ColumnType<number, never, never>;
  connection_id: ConnectionId;
  date: PlainDate;
  source_guid: Text;
  run_id: RunId;
  revised_at: Instant;
  changed: Text[];
  before: JSONColumnType<Record<string, string | number | null>>;
  after: JSONColumnType<Record<string, string | number | null>>;
  record_before: ColumnType<unknown, string, string>;
};

type ScheduleTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  local_time: Generated<Text>;
  zone: Generated<Text>;
  recheck_ages: Generated<number[]>;
  promised_from: PlainDate;
  next_due_at: Instant | null;
  last_due_at: Instant | null;
  last_due_on: PlainDate | null;
  follow_up_at: Instant | null;
  follow_up_reason: Text | null;
  attempts: Generated<number>;
  last_attempt_run_id: RunId | null;
  last_attempt_at: Instant | null;
  last_success_run_id: RunId | null;
  last_success_at: Instant | null;
  blocked_by: Text | null;
  wake_at: Instant | null;
  attended_at: Instant | null;
  fence: Generated<number>;
};

export type BackfillState = 'running' | 'paused' | 'finished' | 'failed' | 'cancelled';

type BackfillTable = {
  organisation_id: OrganisationId;
  id: Generated<BackfillId>;
  connection_id: ConnectionId;
  date_from: PlainDate;
  date_to: PlainDate;
  next_date: PlainDate;
  state: BackfillState;
  requested_at: Instant;
  ended_at: Instant | null;
  attempts: Generated<number>;
  retry_at: Instant | null;
  error_code: Text | null;
  days_missing: Generated<number>;
};

type NightlyTable = {
  organisation_id: OrganisationId;
  next_due_at: Instant;
  last_started_at: Instant | null;
  last_ended_at: Instant | null;
  failed: Generated<Text[]>;
};

type AuditEntryTable = {
  organisation_id: OrganisationId;
  id: ColumnType<number, never, never>;
  at: Instant;
  actor_kind: 'person' | 'token' | 'schedule' | 'command_line';
  actor_id: Text | null;
  actor_name: Text;
  action: Text;
  subject_kind: Text;
  subject_id: Text | null;
  subject_name: Text | null;
  before: JSONColumnType<Record<string, unknown>>;
  after: JSONColumnType<Record<string, unknown>>;
  address: Text | null;
  request_id: Text | null;
};

export type Database = {
  organisation: OrganisationTable;
  connection: ConnectionTable;
  employee: EmployeeTable;
  source_person: SourcePersonTable;
  person_link: PersonLinkTable;
  team: TeamTable;
  team_move: TeamMoveTable;
  link_decision: LinkDecisionTable;
  exclusion_rule: ExclusionRuleTable;
  employee_import: EmployeeImportTable;
  employee_import_row: EmployeeImportRowTable;
  run: RunTable;
  run_chunk: RunChunkTable;
  run_problem: RunProblemTable;
  date_coverage: DateCoverageTable;
  attendance_day: AttendanceDayTable;
  revision: RevisionTable;
  attendance_policy: AttendancePolicyTable;
  reevaluation: ReevaluationTable;
  month_lock: MonthLockTable;
  drift_day: DriftDayTable;
  day_note: DayNoteTable;
  day_request: DayRequestTable;
  nightly: NightlyTable;
  audit_entry: AuditEntryTable;
  membership: MembershipTable;
  invitation: InvitationTable;
  api_token: ApiTokenTable;
  retention: RetentionTable;
  erased_person: ErasedPersonTable;
  schedule: ScheduleTable;
  backfill: BackfillTable;
};
