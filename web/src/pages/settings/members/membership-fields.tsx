import { NativeSelect, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../../../src/contract/session.ts';
import type { Question } from '../../../api/ask.ts';

export type Role = NonNullable<Session['role']>;
export type MembershipValues = { readonly role: Role; readonly teams: readonly string[] };
type MembershipBody = Question<'POST /api/v1/invitations'>['body']['membership'];

const roles = ['admin', 'manager', 'employee', 'auditor'] as const;

type MembershipFieldsProps = {
  readonly values: MembershipValues;
  readonly onChange: (values: MembershipValues) => void;
  readonly fault: string | undefined;
  /** Only an owner makes owners. */
  readonly isOwner: boolean;
};

/** What somebody is to be, and what that means. */
export function MembershipFields({ values, onChange, fault, isOwner }: MembershipFieldsProps) {
  const { t } = useTranslation('members');
  const offered: readonly Role[] = isOwner || values.role === 'owner' ? ['owner', ...roles] : roles;
  return (
    <>
      <NativeSelect
        label={t('roleLabel')}
        description={t(`roleHint.${values.role}`)}
        value={values.role}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...values, role: offered.find((role) => role === value) ?? values.role })
        }
        data={offered.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      />
      {values.role === 'manager' ? (
        <TagsInput
          label={t('teamsLabel')}
          description={t('teamsHint')}
          value={[...values.teams]}
          onChange={(teams) => onChange({ ...values, teams })}
          error={fault}
          acceptValueOnBlur
        />
      ) : null}
    </>
  );
}

export function toMembership({ role, teams }: MembershipValues): MembershipBody {
  return role === 'manager' ? { role, teams: [...teams] } : role === 'employee' ? { role } : { role };
}
