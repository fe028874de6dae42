import { HajiriError } from '../errors/hajiri-error.ts';
import type { OrganisationContext } from './organisation-context.ts';
import { type Permission, permissionsOf } from './permissions.ts';

/** The first line of every use case. Throws `not_allowed`. */
export function authorise({ actor }: Pick<OrganisationContext, 'actor'>, permission: Permission): void {
  if (permissionsOf(actor).has(permission)) return;
  throw new HajiriError('not_allowed', `This needs the right to ${permission}.`, {
    details: { permission },
  });
}
