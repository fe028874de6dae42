import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { type Decisions, useDecisionFaults } from './use-decisions.ts';

/** What was just done, with the way back; or why it could not be. */
export function MadeNotice({ decisions: { decide, undo, add } }: { readonly decisions: Decisions }) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const faultsOf = useDecisionFaults();
  if (undo.error !== null) return <Failure error={undo.error} title={tDirectory('undoFailed')} />;
  if (undo.isSuccess) return <Notice tone="success" text={t('undone')} isLive />;
  if (add.error !== null) {
    const [fault] = faultsOf(add.error);
    return fault === undefined ? (
      <Failure error={add.error} title={t('decideFailed')} />
    ) : (
      <Notice tone="danger" text={fault} isLive />
    );
  }
  if (add.isSuccess) {
    return <Notice tone="success" text={t('added', { count: add.data.created })} isLive />;
  }
  if (decide.error !== null) {
    const [fault] = faultsOf(decide.error);
    return fault === undefined ? (
      <Failure error={decide.error} title={t('decideFailed')} />
    ) : (
      <Notice tone="danger" text={fault} isLive />
    );
  }
  if (!decide.isSuccess) return null;
  const { batch, kind, count, days } = decide.data;
  return (
    <Notice
      tone="success"
      text={
        <>
          {t(`made.${kind}`, { count })}
          {days === 0 || kind === 'ignore' ? null : <> {t('follow', { count: days })}</>}
        </>
      }
      action={
        batch === null ? undefined : (
          <Button variant="default" size="xs" loading={undo.isPending} onClick={() => undo.mutate(batch)}>
            {tDirectory('undo')}
          </Button>
        )
      }
      isLive
    />
  );
}
