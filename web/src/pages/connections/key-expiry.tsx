import { useTranslation } from 'react-i18next';
import { daysUntil } from '../../time/days-until.ts';
import { useFormats } from '../../time/use-formats.ts';

/** Until when the key is good, and how long that is. */
export function KeyExpiry({ date, zone }: { readonly date: string | null; readonly zone: string }) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  if (date === null) return t('expiresUnknown');
  const days = daysUntil(date, zone);
  return days <= 0
    ? t('expired', { date: formats.date(date) })
    : t('expiresIn', { date: formats.date(date), count: days });
}
