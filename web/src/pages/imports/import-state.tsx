import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../../../src/contract/employee-imports.ts';
import chip from '../../attendance/status-chip.module.css';
import { Mark, type MarkShape } from '../../parts/mark.tsx';

const marks: Readonly<Record<ImportSummary['state'], { readonly tone: string; readonly shape: MarkShape }>> =
  {
    previewed: { tone: 'open', shape: 'ring' },
    applied: { tone: 'good', shape: 'tick' },
    undone: { tone: 'off', shape: 'dash' },
  };

export function ImportStateChip({ state }: Pick<ImportSummary, 'state'>) {
  const { t } = useTranslation('imports');
  const { tone, shape } = marks[state];
  return (
    <span className={chip['chip']} data-tone={tone}>
      <Mark shape={shape} />
      <span>{t(`state.${state}`)}</span>
    </span>
  );
}
