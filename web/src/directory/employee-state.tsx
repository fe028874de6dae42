import { useTranslation } from 'react-i18next';
import type { Employee } from '../../../src/contract/employees.ts';
import chip from '../attendance/status-chip.module.css';
import { Mark, type MarkShape } from '../parts/mark.tsx';

export const employeeStates = ['employed', 'to_join', 'left', 'inactive', 'excluded'] as const;
export type EmployeeState = (typeof employeeStates)[number];

const marks: Readonly<Record<EmployeeState, { readonly tone: string; readonly shape: MarkShape }>> = {
  employed: { tone: 'good', shape: 'dot' },
  to_join: { tone: 'open', shape: 'clock' },
  left: { tone: 'off', shape: 'dash' },
  inactive: { tone: 'off', shape: 'square' },
  excluded: { tone: 'off', shape: 'cross' },
};

/** The one thing that says most about where somebody stands. */
export function stateOf({
  excluded,
  status,
  employment,
}: Pick<Employee, 'excluded' | 'status' | 'employment'>): EmployeeState {
  if (excluded) return 'excluded';
  return status === 'inactive' ? 'inactive' : employment;
}

export function EmployeeStateChip({ state }: { readonly state: EmployeeState }) {
  const { t } = useTranslation('employees');
  const { tone, shape } = marks[state];
  return (
    <span className={chip['chip']} data-tone={tone}>
      <Mark shape={shape} />
      <span>{t(`state.${state}`)}</span>
    </span>
  );
}

/** Whether somebody in Keka is linked. */
export function LinkChip({ isLinked }: { readonly isLinked: boolean }) {
  const { t } = useTranslation('employees');
  return (
    <span className={chip['chip']} data-tone={isLinked ? 'good' : 'doubt'}>
      <Mark shape={isLinked ? 'dot' : 'broken'} />
      <span>{t(isLinked ? 'link.linked' : 'link.unlinked')}</span>
    </span>
  );
}
