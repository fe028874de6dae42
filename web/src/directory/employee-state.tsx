import { useTranslation } from 'react-i18next';
import type { Employee } from '../../../src/contract/employees.ts';
import { StateChip, type StateMark } from '../parts/state-chip.tsx';

export const employeeStates = ['employed', 'to_join', 'left', 'inactive', 'excluded'] as const;
export type EmployeeState = (typeof employeeStates)[number];

const marks: Readonly<Record<EmployeeState, StateMark>> = {
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
  return <StateChip mark={marks[state]}>{t(`state.${state}`)}</StateChip>;
}

const linkedMark: StateMark = { tone: 'good', shape: 'dot' };
const unlinkedMark: StateMark = { tone: 'doubt', shape: 'broken' };

/** Whether somebody in Keka is linked. */
export function LinkChip({ isLinked }: { readonly isLinked: boolean }) {
  const { t } = useTranslation('employees');
  return (
    <StateChip mark={isLinked ? linkedMark : unlinkedMark}>
      {t(isLinked ? 'link.linked' : 'link.unlinked')}
    </StateChip>
  );
}
