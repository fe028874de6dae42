import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { ItemList } from '../../parts/item-list.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Moment } from '../../parts/moment.tsx';
import classes from './account.module.css';
import { AccountSection } from './account-section.tsx';
import { readUserAgent } from './read-user-agent.ts';

/** Every browser in which one is signed in; each can be ended from here. */
export function SessionsSection({ zone }: { readonly zone: string }) {
  const { t } = useTranslation('account', { keyPrefix: 'sessions' });
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/account/sessions', {}));
  const end = useMutation({
    mutationFn: (id: string | null) =>
      id === null
        ? ask('DELETE /api/v1/account/sessions', {})
        : ask('DELETE /api/v1/account/sessions/:id', { params: { id } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const nameOf = useSessionName();
  return (
    <AccountSection title={t('title')}>
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={56} />
      ) : (
        <ItemList
          label={t('title')}
          items={data.map(({ id, current, madeAt, renewedAt, address, userAgent }) => ({
            key: id,
            title: nameOf(userAgent),
            details: [
              address,
              <>
                {t('since')} <Moment instant={madeAt} zone={zone} />
              </>,
              current || renewedAt === madeAt ? null : (
                <>
                  {t('lastUsed')} <Moment instant={renewedAt} zone={zone} />
                </>
              ),
            ],
            ...(current
              ? {
                  state: (
                    <>
                      <Mark shape="dot" />
                      {t('current')}
                    </>
                  ),
                }
              : {
                  actions: (
                    <Button
                      variant="default"
                      size="xs"
                      disabled={end.isPending}
                      onClick={() => end.mutate(id)}
                    >
                      {t('end')}
                    </Button>
                  ),
                }),
          }))}
        />
      )}
      {end.error === null ? null : <Failure error={end.error} title={t('failed')} />}
      {data === undefined || data.length < 2 ? null : (
        <div className={classes.actions}>
          <Button variant="default" loading={end.isPending} onClick={() => end.mutate(null)}>
            {t('endOthers')}
          </Button>
        </div>
      )}
    </AccountSection>
  );
}

/** A browser by the name that its owner knows it by. */
function useSessionName(): (userAgent: string | null) => string {
  const { t } = useTranslation('account', { keyPrefix: 'sessions' });
  return (userAgent) => {
    const read = readUserAgent(userAgent);
    if (read === null) return t('unknown');
    return read.system === null ? read.browser : t('device', { browser: read.browser, system: read.system });
  };
}
