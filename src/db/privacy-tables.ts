import type { Generated } from 'kysely';
import type { ConnectionId, OrganisationId } from './schema.ts';

// The part of the tables that is about how long data is kept, and whose is not kept any more.

export type RetentionTable = {
  organisation_id: OrganisationId;
  raw_record_days: Generated<number>;
  revision_days: Generated<number>;
  run_days: Generated<number>;
  audit_days: Generated<number>;
  raw_removed_before: Temporal.PlainDate | null;
};

export type ErasedPersonTable = {
  organisation_id: OrganisationId;
  connection_id: ConnectionId;
  guid_hash: Buffer;
  stand_in: string;
  erased_at: Temporal.Instant;
};
