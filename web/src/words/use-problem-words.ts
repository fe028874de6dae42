import { useTranslation } from 'react-i18next';

/** What a code means in a few words, and what to do. */
export type ProblemWords = { readonly title: string; readonly whatToDo: string };

/** By code, in the reader's language; what the server says, which is English, where there are no others. */
export function useProblemWords(): (
  code: string,
  english: { readonly title: string; readonly whatToDo: string | null },
) => ProblemWords {
  const { i18n } = useTranslation();
  return (code, { title, whatToDo }) => {
    // Only languages other than English have these words: the server's are English.
    const found: unknown = i18n.getResource(i18n.language, 'problemWords', code);
    return isProblemWords(found) ? found : { title, whatToDo: whatToDo ?? '' };
  };
}

function isProblemWords(value: unknown): value is ProblemWords {
  return typeof value === 'object' && value !== null && 'title' in value && 'whatToDo' in value;
}
