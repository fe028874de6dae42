import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { PageFrame } from '../../parts/page-frame.tsx';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { DocumentView } from './document-view.tsx';
import { loadProblemDocument } from './problem-documents.ts';

const route = getRouteApi('/problems/$code');

/** What a code means, why it happens, and what to do. */
export function ProblemPage() {
  const { code } = route.useParams();
  const { t, i18n } = useTranslation('problems');
  const problemWords = useProblemWords();
  const { data, isPending } = useQuery({
    queryKey: ['problem document', code],
    queryFn: async () => (await loadProblemDocument(code)) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isPending) return <PageFrame title={code}>{null}</PageFrame>;
  if (data === null || data === undefined) {
    return (
      <PageFrame title={t('unknownTitle')}>
        <Notice
          text={t('unknownText', { code })}
          action={<LinkButton to="/runs">{t('toRuns')}</LinkButton>}
        />
      </PageFrame>
    );
  }
  const words = problemWords(code, { title: data.title, whatToDo: null });
  return (
    <PageFrame title={words.title} summary={<code>{code}</code>}>
      {i18n.language === 'en' ? null : (
        <>
          {words.whatToDo === '' ? null : <Notice tone="info" title={t('whatToDo')} text={words.whatToDo} />}
          <p>{t('englishOnly')}</p>
        </>
      )}
      <article lang="en">
        <DocumentView blocks={data.blocks} />
      </article>
    </PageFrame>
  );
}
