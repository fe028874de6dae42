import type { Generated } from 'kysely';
import type { ApiTokenId, EmployeeRef, InvitationId, OrganisationId, UserId } from './schema.ts';

// The part of the tables that is about who may do what.

type Text = string;
type Instant = Temporal.Instant;

export type MembershipState = 'active' | 'disabled';

export type MembershipTable = {
  organisation_id: OrganisationId;
  user_id: UserId;
  role: 'owner' | 'admin' | 'manager' | 'employee' | 'auditor';
  teams: Generated<Text[]>;
  employee: EmployeeRef | null;
  state: Generated<MembershipState>;
  made_at: Instant;
};

export type InvitationTable = {
  organisation_id: OrganisationId;
  id: Generated<InvitationId>;
  email: Text;
  role: 'owner' | 'admin' | 'manager' | 'employee' | 'auditor';
  teams: Generated<Text[]>;
  employee: EmployeeRef | null;
  token_hash: Buffer;
  invited_by: Text;
  made_at: Instant;
  expires_at: Instant;
  accepted_at: Instant | null;
  revoked_at: Instant | null;
};

export type ApiTokenTable = {
  organisation_id: OrganisationId;
  id: Generated<ApiTokenId>;
  name: Text;
  scopes: Text[];
  token_hash: Buffer;
  ending: Text;
  made_by: Text;
  made_at: Instant;
  expires_at: Instant;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
};
