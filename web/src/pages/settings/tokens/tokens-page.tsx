import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../../api/question.ts';
import { useZone } from '../../../api/use-zone.ts';
import { Failure } from '../../../parts/failure.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { useMay } from '../../../session/session.ts';
import { SettingsFrame } from '../settings-frame.tsx';
import { NewToken } from './new-token.tsx';
import { TokenList } from './token-list.tsx';

/** Which programs may ask, and for what. */
export function TokensPage() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const zone = useZone();
  const [isMaking, setMaking] = useState(false);
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/tokens', { query: {} }));
  const add = <Button onClick={() => setMaking(true)}>{t('token.add')}</Button>;
  const former = data?.filter(({ state }) => state !== 'good') ?? [];
  const good = data?.filter(({ state }) => state === 'good') ?? [];
  return (
    <SettingsFrame
      title={t('tokens')}
      summary={t('token.summary')}
      actions={data === undefined || good.length === 0 || !may('manage API tokens') ? undefined : add}
    >
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('token.failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined ? (
        <div role="status" aria-label={t('tokens')}>
          <Skeleton height={140} />
        </div>
      ) : (
        <>
          {good.length === 0 ? (
            <Notice title={t('token.emptyTitle')} text={t('token.emptyText')} action={add} />
          ) : (
            <TokenList label={t('tokens')} tokens={good} zone={zone} />
          )}
          {former.length === 0 ? null : (
            <details>
              <summary>
                {t('token.former')} ({former.length})
              </summary>
              <TokenList label={t('token.former')} tokens={former} zone={zone} />
            </details>
          )}
        </>
      )}
      <NewToken isOpen={isMaking} onClose={() => setMaking(false)} />
    </SettingsFrame>
  );
}
