import { z } from 'zod';
import { recordChange } from '../../accounts/audit-trail.ts';
import { authorise } from '../../accounts/authorise.ts';
import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';
import type { NewPeople } from '../../db/schema.ts';
import { parseInput } from '../../errors/parse-input.ts';
import { findConnectionOfLinks } from './find-connection.ts';
import { type FollowedField, followedFields } from './followed-fields.ts';

export type PeopleSettings = {
  /** What becomes of people in Keka who are not in the directory. */
  readonly newPeople: NewPeople;
  readonly overwrite: readonly FollowedField[];
};

const settingsInput = z
  .object({
    newPeople: z.enum(['never', 'suggest', 'create'], 'must be never, suggest or create'),
    overwrite: z.array(z.enum(followedFields, `must be of: ${followedFields.join(', ')}`)),
  })
  .partial();

/** Throws `not_found`. */
export async function readPeopleSettings(
  context: OrganisationContext,
  connection: string,
): Promise<PeopleSettings> {
  authorise(context, 'read connections');
  return inOrganisation(context, async (transaction) =>
    toSettings(await findConnectionOfLinks(transaction, connection)),
  );
}

/** What is not given stays. It counts from the next reading of people on. Throws InvalidInputError and `not_found`. */
export async function changePeopleSettings(
  context: OrganisationContext,
  connection: string,
  input: unknown,
): Promise<PeopleSettings> {
  authorise(context, 'manage connections');
  const change = parseInput(settingsInput, input);
  return inOrganisation(context, async (transaction) => {
    const found = await findConnectionOfLinks(transaction, connection);
    const before = toSettings(found);
    const after: PeopleSettings = {
      newPeople: change.newPeople ?? before.newPeople,
      overwrite: change.overwrite ?? before.overwrite,
    };
    await transaction
      .updateTable('connection')
      .set({ new_people: after.newPeople, overwrite_fields: [...new Set(after.overwrite)] })
      .where('id', '=', found.id)
      .execute();
    await recordChange(transaction, context, {
      action: 'changed what follows Keka',
      subject: { kind: 'connection', id: found.id, name: found.name },
      before: { ...before },
      after: { ...after },
    });
    return after;
  });
}

function toSettings(row: { new_people: NewPeople; overwrite_fields: string[] }): PeopleSettings {
  const stored: readonly string[] = row.overwrite_fields;
  return {
    newPeople: row.new_people,
    overwrite: followedFields.filter((field) => stored.includes(field)),
  };
}
