import type { Generated, Transaction } from 'kysely';
import type { Database, OrganisationId, UserId } from '../../db/schema.ts';

// The tables of migration 0003 that belong to the installation, as far as our own statements use them. better-auth
// reads and writes the first five by itself; a test compares its idea of them with the database.

type Instant = Temporal.Instant;

export type SignInTables = {
  'sign_in.user': {
    id: Generated<UserId>;
    name: string;
    email: string;
    email_verified: Generated<boolean>;
    two_factor_enabled: Generated<boolean>;
    last_organisation_id: OrganisationId | null;
    created_at: Instant;
    updated_at: Instant;
  };
  'sign_in.session': {
    id: Generated<string>;
    token: string;
    user_id: UserId;
    organisation_id: OrganisationId | null;
    ip_address: string | null;
    user_agent: string | null;
    expires_at: Instant;
    created_at: Instant;
    updated_at: Instant;
  };
  'sign_in.credential': {
    id: Generated<string>;
    user_id: UserId;
    provider_id: string;
    account_id: string;
    password: string | null;
    created_at: Instant;
    updated_at: Instant;
  };
  'sign_in.two_factor': {
    id: Generated<string>;
    user_id: UserId;
    secret: string;
    backup_codes: string;
  };
  'sign_in.one_time_link': {
    id: Generated<string>;
    purpose: 'owner' | 'password_reset';
    token_hash: Buffer;
    user_id: UserId | null;
    organisation_id: OrganisationId | null;
    removes_second_factor: Generated<boolean>;
    made_at: Instant;
    expires_at: Instant;
    used_at: Instant | null;
  };
  'sign_in.verification': { id: Generated<string>; expires_at: Instant };
  'sign_in.used_code': { user_id: UserId; code: Buffer; used_at: Instant };
  'sign_in.attempt': { key: Buffer; count: number; counted_from: Instant };
};

/** A transaction of the owner of the tables, who alone reaches these. */
export type SignInTransaction = Transaction<Database & SignInTables>;
