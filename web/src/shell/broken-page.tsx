import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Notice } from '../parts/notice.tsx';
import { PageFrame } from '../parts/page-frame.tsx';

/** A defect of the app itself, or code that a newer installation no longer has: loading anew mends both. */
export function BrokenPage({ reset }: ErrorComponentProps) {
  const { t } = useTranslation('shell');
  const reload = () => {
    reset();
    globalThis.location.reload();
  };
  return (
    <PageFrame title={t('brokenTitle')}>
      <Notice
        tone="danger"
        text={t('brokenText')}
        action={<Button onClick={reload}>{t('tryAgain')}</Button>}
      />
    </PageFrame>
  );
}
