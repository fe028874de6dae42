import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../../api/question.ts';
import { useZone } from '../../../api/use-zone.ts';
import { Failure } from '../../../parts/failure.tsx';
import { useMay } from '../../../session/session.ts';
import { SettingsFrame } from '../settings-frame.tsx';
import { InvitationList } from './invitation-list.tsx';
import { Invite } from './invite.tsx';
import { MemberList } from './member-list.tsx';

/** Who may come in, and who is asked to. */
export function MembersPage() {
  const { t } = useTranslation('members');
  const { t: tSettings } = useTranslation('settings');
  const mayManage = useMay()('manage members');
  const zone = useZone();
  const [isInviting, setInviting] = useState(false);
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/members', { query: {} }));
  return (
    <SettingsFrame
      title={tSettings('members')}
      summary={t('summary')}
      actions={
        data !== undefined && mayManage ? (
          <Button onClick={() => setInviting(true)}>{t('invite')}</Button>
        ) : undefined
      }
    >
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined ? (
        <div role="status" aria-label={tSettings('members')}>
          <Skeleton height={200} />
        </div>
      ) : (
        <>
          <MemberList members={data} zone={zone} mayManage={mayManage} />
          <InvitationList zone={zone} mayManage={mayManage} />
        </>
      )}
      {isInviting ? <Invite onClose={() => setInviting(false)} /> : null}
    </SettingsFrame>
  );
}
