import { z } from 'zod';
import { instant, list } from './answer-schemas.ts';
import { organisationName } from './query-schemas.ts';
import { emailAddress, linkToken, newPassword, personName, roleName } from './session.ts';

// Who belongs to an organisation, and who is asked to.

export const membersQuery = z.strictObject({ organisation: organisationName });
export const memberParams = z.object({ id: z.uuid('must be the id of a member') });
export const invitationParams = z.object({ id: z.uuid('must be the id of an invitation') });

const place = {
  role: roleName,
  /** Of a manager: the teams whose days they see. */
  teams: list(z.string()),
  /** Of an employee: the id in the directory; null while nobody has said which one they are. */
  employee: z.string().nullable(),
};

export const member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  ...place,
  /** Who is disabled may not come in. */
  state: z.enum(['active', 'disabled']),
  secondFactor: z.boolean(),
  madeAt: instant,
  lastSeenAt: instant.nullable(),
});
export const memberList = list(member);

/** What somebody is to be. `employee` may be left out: then it is the one with the same e-mail address. */
export const membershipBody = z.discriminatedUnion(
  'role',
  [
    z.strictObject({ role: z.enum(['owner', 'admin', 'auditor']) }),
    z.strictObject({
      role: z.literal('manager'),
      teams: z.array(z.string().min(1, 'must not be empty')).min(1, 'must name at least one team'),
    }),
    z.strictObject({
      role: z.literal('employee'),
      employee: z.uuid('must be the id of an employee').nullish(),
    }),
  ],
  'must be owner, admin, manager, employee or auditor',
);

/** What is not given stays. */
export const memberChange = z.strictObject({
  membership: membershipBody.optional(),
  state: z.enum(['active', 'disabled'], 'must be active or disabled').optional(),
});

export const invitation = z.object({
  id: z.string(),
  email: z.string(),
  ...place,
  invitedBy: z.string(),
  madeAt: instant,
  /** It stays in the list until it is revoked or made anew. */
  expiresAt: instant,
  expired: z.boolean(),
});
export const invitationList = list(invitation);

export const newInvitationBody = z.strictObject({ email: emailAddress, membership: membershipBody });
export const madeInvitation = z.object({
  invitation,
  /** What became of the e-mail. */
  mail: z.enum(['sent', 'failed', 'not_set_up']),
  /** Where no e-mail is set up: the link, to be handed over in another way. It is shown once. */
  link: z.string().nullable(),
});

/** What a link of an invitation leads to. */
export const invitationFacts = z.object({
  organisation: z.string(),
  email: z.string(),
  role: roleName,
  /** Whoever has an account signs in with it first, then accepts without `account`. */
  hasAccount: z.boolean(),
});
export const invitationAcceptBody = z.strictObject({
  token: linkToken,
  account: z.strictObject({ name: personName, password: newPassword }).optional(),
});

export const passwordResetBody = z.strictObject({ email: emailAddress });
export const newPasswordBody = z.strictObject({ token: linkToken, password: newPassword });
