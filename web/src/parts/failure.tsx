import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiProblem, hasCode } from '../api/api-problem.ts';
import { useProblemWords } from '../words/use-problem-words.ts';
import { Notice } from './notice.tsx';

type FailureProps = {
  readonly error: unknown;
  readonly title: string;
  /** Left out where the button that was pressed still stands beside it. */
  readonly onRetry?: () => void;
};

/** What could not be done, why, and what to do; a missing right is told as such. */
export function Failure({ error, title, onRetry }: FailureProps) {
  const { t } = useTranslation('failures');
  const problemWords = useProblemWords();
  if (hasCode(error, 'not_allowed')) {
    return <Notice tone="neutral" title={t('notAllowed')} text={t('notAllowedText')} isLive />;
  }
  const again = onRetry === undefined ? undefined : <Button onClick={onRetry}>{t('tryAgain')}</Button>;
  if (!(error instanceof ApiProblem) || error.code === 'unreachable') {
    return (
      <Notice tone="danger" title={t('unreachable')} text={t('unreachableText')} action={again} isLive />
    );
  }
  const words = problemWords(error.code, { title: error.message, whatToDo: error.whatToDo });
  return (
    <Notice
      tone="danger"
      title={title}
      text={
        <>
          <p>{words.title}</p>
          {words.whatToDo === '' ? null : (
            <p>
              {t('whatToDo')}: {words.whatToDo}
            </p>
          )}
        </>
      }
      action={again}
      isLive
    />
  );
}
