import { useTranslation } from 'react-i18next';
import type { PolicyPreview } from '../../../../../src/contract/attendance-policies.ts';
import { Notice } from '../../../parts/notice.tsx';
import { SimpleTable } from '../../../parts/simple-table.tsx';
import { useFormats } from '../../../time/use-formats.ts';
import { attendance } from '../../../words/english/attendance.ts';

// Keys of closed objects.
const reportStatuses = Object.keys(attendance.status) as (keyof typeof attendance.status)[];
const reportFlags = Object.keys(attendance.flag) as (keyof typeof attendance.flag)[];

/** Numbers of days before and after, of those statuses and flags that there are. */
export function PreviewTable({ preview }: { readonly preview: PolicyPreview }) {
  const { t } = useTranslation('rules', { keyPrefix: 'preview' });
  const { t: word } = useTranslation('attendance');
  const formats = useFormats();
  const { days, changed, before, after } = preview;
  if (days === 0) return <Notice text={t('none')} isLive />;
  const statuses = reportStatuses.map((name) => ({
    key: `status ${name}`,
    text: word(`status.${name}`),
    counts: [before.statuses[name] ?? 0, after.statuses[name] ?? 0],
  }));
  const flags = reportFlags.map((name) => ({
    key: `flag ${name}`,
    text: word(`flag.${name}`),
    counts: [before.flags[name] ?? 0, after.flags[name] ?? 0],
  }));
  return (
    <div role="status">
      <p>{t('changed', { count: changed, all: formats.number(days) })}</p>
      <SimpleTable
        title={t('title', { from: formats.date(preview.from), to: formats.date(preview.to) })}
        head={[t('word'), t('before'), t('after')]}
        numeric={[1, 2]}
        rows={[...statuses, ...flags]
          .filter(({ counts }) => counts.some((count) => count > 0))
          .map(({ key, text, counts }) => ({
            key,
            cells: [text, ...counts.map((count) => formats.number(count))],
          }))}
      />
    </div>
  );
}
