import { useTranslation } from 'react-i18next';
import type { ReportFlag } from '../../../src/contract/daily-report.ts';
import { useFormats } from '../time/use-formats.ts';

/** A flag in words; of somebody who leaves, when. */
export function useFlagWord(): (flag: ReportFlag, leavingDate: string | null) => string {
  const { t } = useTranslation(['attendance', 'daily']);
  const formats = useFormats();
  return (flag, leavingDate) =>
    flag === 'leaver' && leavingDate !== null
      ? t('daily:leaves', { date: formats.shortDate(leavingDate) })
      : t(`flag.${flag}`);
}
