import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { questionOf } from '../../../api/question.ts';
import { Failure } from '../../../parts/failure.tsx';
import { ItemList } from '../../../parts/item-list.tsx';
import { Moment } from '../../../parts/moment.tsx';
import tableClasses from '../../../parts/simple-table.module.css';
import { InvitationMade } from './invitation-made.tsx';

type InvitationListProps = { readonly zone: string; readonly mayManage: boolean };

/** Who was asked and has not come yet. Nothing is shown where there is nobody. */
export function InvitationList({ zone, mayManage }: InvitationListProps) {
  const { t } = useTranslation('members');
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/invitations', { query: {} }));
  const revoke = useMutation({
    mutationFn: (id: string) => ask('DELETE /api/v1/invitations/:id', { params: { id }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const renew = useMutation({
    mutationFn: (id: string) => ask('POST /api/v1/invitations/:id/renew', { params: { id }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (error !== null && data === undefined) {
    return <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />;
  }
  const failed = revoke.error ?? renew.error;
  return (
    <>
      {data === undefined || data.length === 0 ? null : (
        <section>
          <h2 className={tableClasses.title}>{t('open')}</h2>
          <ItemList
            label={t('open')}
            items={data.map(({ id, email, role, teams, invitedBy, expiresAt, expired }) => ({
              key: id,
              title: email,
              details: [
                teams.length === 0 ? null : t('teams', { teams: teams.join(', ') }),
                t('invitedBy', { name: invitedBy }),
                expired ? (
                  t('expired')
                ) : (
                  <>
                    {t('until')} <Moment instant={expiresAt} zone={zone} />
                  </>
                ),
              ],
              state: t(`role.${role}`),
              actions: mayManage ? (
                <>
                  <Button variant="default" size="xs" onClick={() => renew.mutate(id)}>
                    {t('again')}
                  </Button>
                  <Button variant="default" size="xs" onClick={() => revoke.mutate(id)}>
                    {t('revoke')}
                  </Button>
                </>
              ) : undefined,
            }))}
          />
        </section>
      )}
      {failed === null ? null : <Failure error={failed} title={t('failedSave')} />}
      {renew.isSuccess ? <InvitationMade made={renew.data} onClose={() => renew.reset()} /> : null}
    </>
  );
}
