import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { ConnectionId, EmployeeRef, ImportId, OrganisationId, TeamId } from './schema.ts';

// The part of schema.ts that is about people: the directory, people in Keka, and the links between them.

type Text = string;
type Instant = Temporal.Instant;
type PlainDate = Temporal.PlainDate;

export type EmployeeTable = {
  organisation_id: OrganisationId;
  id: Generated<EmployeeRef>;
  employee_id: Text | null;
  match_key: Text | null;
  first_name: Text;
  last_name: Text;
  email: Text | null;
  designation: Text | null;
  location: Text | null;
  time_zone: Text | null;
  joining_date: PlainDate | null;
  leaving_date: PlainDate | null;
  imported_at: Instant;
  phone: Text | null;
  team_id: TeamId | null;
  manager: EmployeeRef | null;
  status: Generated<'active' | 'inactive'>;
  tags: Generated<Text[]>;
  origin: Generated<'file' | 'person' | 'keka'>;
  changed_at: Instant | null;
  import_id: ImportId | null;
  ignored_reason: Text | null;
  excluded_by: Text | null;
};

export type TeamTable = {
  organisation_id: OrganisationId;
  id: Generated<TeamId>;
  name: Text;
  parent: TeamId | null;
  made_at: Instant;
};

export type TeamMoveTable = {
  organisation_id: OrganisationId;
  employee: EmployeeRef;
  last_day: PlainDate;
  team_id: TeamId | null;
  made_at: Instant;
};

export type SourcePersonTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  guid: Text;
  employee_number: Text | null;
  attendance_number: Text | null;
  email: Text | null;
  display_name: Text | null;
  department: Text | null;
  location: Text | null;
  joining_date: PlainDate | null;
  exit_date: PlainDate | null;
  employment_status: number | null;
  first_seen_at: Instant;
  profile_read_at: Instant | null;
  number_key: Text | null;
  attendance_key: Text | null;
  email_key: Text | null;
  first_name: Text | null;
  last_name: Text | null;
  job_title: Text | null;
  held: Generated<boolean>;
  ignored_reason: Text | null;
  excluded_by: Text | null;
};

export type PersonLinkTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  source_guid: Text;
  employee: EmployeeRef;
  made_by: 'key' | 'person';
  made_at: Instant;
  valid_from: Generated<PlainDate>;
  valid_to: Generated<PlainDate>;
};

/** A link and what else was decided about somebody, as a decision keeps it for its undo. */
export type LinkState = {
  readonly employee?: string | null;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
  readonly madeBy?: 'key' | 'person';
  readonly madeAt?: string;
  readonly held?: boolean;
  readonly ignoredReason?: string | null;
};

export type LinkDecisionTable = {
  organisation_id: OrganisationId;
  id: ColumnType<number, never, never>;
  batch: Text;
  at: Instant;
  actor_kind: Text;
  actor_name: Text;
  kind: 'link' | 'unlink' | 'ignore' | 'restore';
  connection_id: ConnectionId | null;
  source_guid: Text | null;
  employee: EmployeeRef | null;
  reason: Text | null;
  before: JSONColumnType<LinkState>;
  after: JSONColumnType<LinkState>;
  undone_at: Instant | null;
  undone_by: Text | null;
};

export type ExclusionKind = 'tag' | 'number' | 'location';

export type ExclusionRuleTable = {
  organisation_id: OrganisationId;
  id: Generated<Text>;
  kind: ExclusionKind;
  value: Text;
  made_at: Instant;
  made_by: Text;
};

export type EmployeeImportTable = {
  organisation_id: OrganisationId;
  id: Generated<ImportId>;
  state: 'previewed' | 'applied' | 'undone';
  file_name: Text;
  file_hash: Buffer;
  format: 'csv' | 'xlsx';
  encoding: Text | null;
  separator: Text | null;
  columns: Text[];
  team_from: PlainDate;
  directory_state: Text | null;
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
  made_at: Instant;
  made_by: Text;
  applied_at: Instant | null;
  applied_by: Text | null;
  linked: number | null;
  undone_at: Instant | null;
  undone_by: Text | null;
};

export type EmployeeImportRowTable = {
  organisation_id: OrganisationId;
  import_id: ImportId;
  line: number;
  employee_id: Text | null;
  match_key: Text | null;
  first_name: Text | null;
  last_name: Text | null;
  email: Text | null;
  phone: Text | null;
  team: Text | null;
  designation: Text | null;
  location: Text | null;
  time_zone: Text | null;
  joining_date: PlainDate | null;
  leaving_date: PlainDate | null;
  manager_key: Text | null;
  status: Text | null;
  tags: Text[] | null;
  outcome: Generated<'new' | 'changed' | 'unchanged' | 'refused'>;
  employee: Generated<EmployeeRef>;
  manager: EmployeeRef | null;
  faults: JSONColumnType<readonly { readonly field: string; readonly reason: string }[]> | null;
  before: JSONColumnType<Record<string, unknown>> | null;
};
