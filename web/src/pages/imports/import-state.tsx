import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../../../src/contract/employee-imports.ts';
import { StateChip, type StateMark } from '../../parts/state-chip.tsx';

const marks: Readonly<Record<ImportSummary['state'], StateMark>> = {
  previewed: { tone: 'open', shape: 'ring' },
  applied: { tone: 'good', shape: 'tick' },
  undone: { tone: 'off', shape: 'dash' },
};

export function ImportStateChip({ state }: Pick<ImportSummary, 'state'>) {
  const { t } = useTranslation('imports');
  return <StateChip mark={marks[state]}>{t(`state.${state}`)}</StateChip>;
}
