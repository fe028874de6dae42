import { useTranslation } from 'react-i18next';
import { type Formats, formatsFor } from './formats.ts';

/** English as the reader's browser writes it, otherwise as in India; Hindi as in India. */
export function useFormats(): Formats {
  const { i18n } = useTranslation();
  if (i18n.language === 'hi') return formatsFor('hi-IN');
  return formatsFor(navigator.language.startsWith('en-') ? navigator.language : 'en-IN');
}
