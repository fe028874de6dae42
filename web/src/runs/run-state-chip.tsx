import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../src/contract/runs.ts';
import chip from '../attendance/status-chip.module.css';
import { Mark, type MarkShape } from '../parts/mark.tsx';

const marks: Readonly<Record<RunState, { readonly tone: string; readonly shape: MarkShape }>> = {
  queued: { tone: 'open', shape: 'clock' },
  running: { tone: 'open', shape: 'clock' },
  succeeded: { tone: 'good', shape: 'tick' },
  partial: { tone: 'doubt', shape: 'triangle' },
  failed: { tone: 'bad', shape: 'cross' },
  interrupted: { tone: 'off', shape: 'square' },
};

export const runStates = Object.keys(marks) as readonly RunState[]; // keys of a literal

export function RunStateChip({ state }: { readonly state: RunState }) {
  const { t } = useTranslation('runs');
  const { tone, shape } = marks[state];
  return (
    <span className={chip['chip']} data-tone={tone}>
      <Mark shape={shape} />
      <span>{t(`state.${state}`)}</span>
    </span>
  );
}
