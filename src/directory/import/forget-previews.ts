import { inOrganisation, type OrganisationContext } from '../../accounts/organisation-context.ts';

/** Previews that nobody applied hold people's data for nothing: after a day they are removed. */
export async function forgetPreviews(context: OrganisationContext): Promise<void> {
  await inOrganisation(context, (transaction) =>
    transaction
      .deleteFrom('employee_import')
      .where('state', '=', 'previewed')
      .where('made_at', '<', context.clock.now().subtract({ hours: 24 }))
      .execute(),
  );
}
