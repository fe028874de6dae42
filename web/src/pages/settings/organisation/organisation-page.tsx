import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../../api/question.ts';
import { Facts } from '../../../parts/facts.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { useSession } from '../../../session/session.ts';
import { SettingsFrame } from '../settings-frame.tsx';
import { RetentionForm } from './retention-form.tsx';

export function OrganisationPage() {
  const { t } = useTranslation('organisation');
  const place = useSession()?.organisation;
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/retention', { query: {} }),
    // Nobody's typing is overwritten because the window was looked at again.
    refetchOnWindowFocus: false,
  });
  return (
    <SettingsFrame title={t('title')} summary={t('summary')}>
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={360} />
        </div>
      ) : (
        <>
          {place === undefined || place === null ? null : (
            <div>
              <Facts
                facts={[
                  [t('name'), place.name],
                  [t('zone'), place.zone],
                ]}
              />
              <Text size="sm" c="dimmed" mt={6}>
                {t('hint')}
              </Text>
            </div>
          )}
          <RetentionForm retention={data} />
        </>
      )}
    </SettingsFrame>
  );
}
