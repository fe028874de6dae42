import { inOrganisation, type OrganisationContext } from '../accounts/organisation-context.ts';
import type { ConnectionId } from '../db/schema.ts';
import { readErasedPeople } from '../directory/erased-people.ts';
import { followPeople } from '../directory/links/follow-people.ts';
import { type EmployeeRecord, parseEmployeeRecord } from '../keka/employee-record.ts';
import type { KekaClient } from '../keka/keka-client.ts';
import type { RunProblem } from './run-problem.ts';
import type { RunEvent } from './run-progress.ts';
import { rememberPeopleRead, storeProfiles } from './source-people.ts';

/**
 * Reads everybody's profile, or those that changed since a moment, so that people have a name, an e-mail and their other
 * keys, leavers too. Each page is stored by itself: a profile is no conclusion about anybody, and half of them are better
 * than none. Then the directory follows, as far as that is the setting. Throws KekaError.
 */
export async function readPeople(options: {
  readonly context: OrganisationContext;
  readonly client: KekaClient;
  readonly connection: { readonly id: ConnectionId };
  readonly changedSince?: Temporal.Instant | null;
  readonly concurrency: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: RunEvent) => void;
}): Promise<readonly RunProblem[]> {
  const { context, client, connection, concurrency, signal, changedSince = null } = options;
  const readAt = context.clock.now();
  const scope = {
    organisationId: context.organisation.id,
    connectionId: connection.id,
    readAt,
  };
  const erased = await inOrganisation(context, (transaction) => readErasedPeople(transaction, connection.id));
  const problems: RunProblem[] = [];
  let pagesRead = 0;
  for await (const page of client.readEmployees(changedSince === null ? {} : { lastModified: changedSince }, {
    signal,
    concurrency,
  })) {
    const people: EmployeeRecord[] = [];
    for (const raw of page.records) {
      const parsed = parseEmployeeRecord(raw);
      const guid = parsed.ok ? parsed.record.guid : parsed.hint.guid;
      if (guid !== null && erased.standInOf(guid) !== null) continue;
      if (parsed.ok) people.push(parsed.record);
      else {
        problems.push({
          code: 'malformed_record',
          sourceGuid: parsed.hint.guid,
          from: null,
          to: null,
          details: { field: parsed.field, reason: parsed.reason, page: page.pageNumber, list: 'employees' },
        });
      }
    }
    await inOrganisation(context, (transaction) => storeProfiles(transaction, scope, people));
    pagesRead += 1;
    options.onEvent({ kind: 'people_page', page: pagesRead, pages: Math.max(page.totalPages, pagesRead) });
  }
  await inOrganisation(context, async (transaction) => {
    await rememberPeopleRead(transaction, connection.id, { readAt, everybody: changedSince === null });
    // An e-mail or an attendance number may be the key: only now can such people be linked.
    await followPeople(transaction, context, connection.id);
  });
  return problems;
}
