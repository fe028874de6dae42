import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english.ts';

const i18next = createInstance();

export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];

const storageKey = 'hajiri.language';

/** The language that was chosen before, or the first of the browser's that there is. */
function preferredLanguage(): Language {
  const wished = [readStored(), ...navigator.languages].map((tag) => tag?.split('-')[0]);
  return languages.find((language) => language === wished.find((tag) => isLanguage(tag))) ?? 'en';
}

function isLanguage(tag: string | undefined): tag is Language {
  return languages.some((language) => language === tag);
}

function readStored(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Hindi comes in a file of its own: most people read one language. */
async function loadWords(language: Language): Promise<void> {
  if (language === 'en' || i18next.hasResourceBundle(language, 'shell')) return;
  const [{ hindi }, { auditActions }, { problemWords }] = await Promise.all([
    import('./hindi.ts'),
    import('./hindi/audit-actions.ts'),
    import('./hindi/problem-words.ts'),
  ]);
  for (const [namespace, words] of Object.entries(hindi)) {
    i18next.addResourceBundle('hi', namespace, words);
  }
  i18next.addResourceBundle('hi', 'problemWords', problemWords);
  i18next.addResourceBundle('hi', 'auditActions', auditActions);
}

export async function startWords(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: english },
    defaultNS: 'shell',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  if (language !== 'en') {
    await loadWords(language);
    await i18next.changeLanguage(language);
  }
  document.documentElement.lang = language;
}

/** Adds English words that come with the code of a page. Hindi is one file, with all of them. */
export function addEnglish(words: Readonly<Record<string, object>>): void {
  for (const [namespace, ofPage] of Object.entries(words)) {
    i18next.addResourceBundle('en', namespace, ofPage);
  }
}

/** Shows everything in another language, and keeps to it. */
export async function changeLanguage(language: Language): Promise<void> {
  await loadWords(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  try {
    localStorage.setItem(storageKey, language);
  } catch {
    // It holds for this visit then.
  }
}
