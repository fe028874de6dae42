import { useTranslation } from 'react-i18next';
import type { RunState } from '../../../src/contract/runs.ts';
import { StateChip, type StateMark } from '../parts/state-chip.tsx';

const marks: Readonly<Record<RunState, StateMark>> = {
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
  return <StateChip mark={marks[state]}>{t(`state.${state}`)}</StateChip>;
}
