import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem, hasCode } from '../api/api-problem.ts';
import { Notice } from './notice.tsx';

type FailureProps = { readonly error: unknown; readonly title: string; readonly onRetry: () => void };

/** What could not be loaded, why, and what to do; a missing right is told as such. */
export function Failure({ error, title, onRetry }: FailureProps) {
  const { t } = useTranslation('failures');
  if (hasCode(error, 'not_allowed')) {
    return <Notice tone="neutral" title={t('notAllowed')} text={t('notAllowedText')} />;
  }
  const again = <Button onClick={onRetry}>{t('tryAgain')}</Button>;
  if (!(error instanceof ApiProblem) || error.code === 'unreachable') {
    return (
      <Notice tone="danger" title={t('unreachable')} text={t('unreachableText')} action={again} isLive />
    );
  }
  return (
    <Notice
      tone="danger"
      title={title}
      text={
        <>
          <p>{error.message}</p>
          {error.whatToDo === null ? null : (
            <p>
              {t('whatToDo')}: {error.whatToDo}
            </p>
          )}
        </>
      }
      action={again}
      isLive
    />
  );
}
