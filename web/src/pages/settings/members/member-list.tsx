import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/ask.ts';
import { ItemList } from '../../../parts/item-list.tsx';
import { Mark } from '../../../parts/mark.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { useSession } from '../../../session/session.ts';
import { ChangeMember } from './change-member.tsx';

export type Member = Answer<'GET /api/v1/members'>[number];

type MemberListProps = {
  readonly members: readonly Member[];
  readonly zone: string;
  readonly mayManage: boolean;
};

export function MemberList({ members, zone, mayManage }: MemberListProps) {
  const { t } = useTranslation('members');
  const session = useSession();
  const [changed, setChanged] = useState<Member | null>(null);
  const detailsOf = ({ email, teams, state, secondFactor, lastSeenAt }: Member) => [
    email,
    teams.length === 0 ? null : t('teams', { teams: teams.join(', ') }),
    t(secondFactor ? 'secondFactor' : 'noSecondFactor'),
    lastSeenAt === null ? (
      t('neverSeen')
    ) : (
      <>
        {t('seen')} <Moment instant={lastSeenAt} zone={zone} />
      </>
    ),
    state === 'disabled' ? (
      <>
        <Mark shape="dash" /> {t('disabled')}
      </>
    ) : null,
  ];
  return (
    <>
      <ItemList
        label={t('list')}
        items={members.map((member) => ({
          key: member.id,
          title: member.id === session?.person.id ? `${member.name} (${t('you')})` : member.name,
          details: detailsOf(member),
          state: t(`role.${member.role}`),
          // An administrator changes no owner.
          ...(mayManage && (member.role !== 'owner' || session?.role === 'owner')
            ? {
                actions: (
                  <Button
                    variant="default"
                    size="xs"
                    aria-label={`${t('change')}: ${member.name}`}
                    onClick={() => setChanged(member)}
                  >
                    {t('change')}
                  </Button>
                ),
              }
            : {}),
        }))}
      />
      {changed === null ? null : (
        <ChangeMember key={changed.id} member={changed} onClose={() => setChanged(null)} />
      )}
    </>
  );
}
