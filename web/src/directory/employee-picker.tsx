import type { SelectProps } from '@mantine/core';
import { ask } from '../api/ask.ts';
import { SearchedSelect } from '../parts/searched-select.tsx';
import { employeeLabel, type PickedEmployee, toPicked } from './picked-employee.ts';

type EmployeePickerProps = Pick<SelectProps, 'label' | 'description' | 'error' | 'withAsterisk'> & {
  readonly value: PickedEmployee | null;
  readonly onPick: (employee: PickedEmployee | null) => void;
  /** Who cannot be chosen. */
  readonly without?: string | undefined;
  readonly hasFocus?: boolean;
};

const shown = 20;

/** Somebody of the directory, found by typing a part of the name, Employee ID or e-mail address. */
export function EmployeePicker({ without, ...props }: EmployeePickerProps) {
  return (
    <SearchedSelect
      {...props}
      idOf={({ id }) => id}
      labelOf={employeeLabel}
      findKey={['employees to pick', without]}
      find={async (words, signal) => (await findEmployees(words, signal)).filter(({ id }) => id !== without)}
    />
  );
}

async function findEmployees(words: string, signal: AbortSignal): Promise<readonly PickedEmployee[]> {
  const query = { limit: shown, ...(words === '' ? {} : { search: words }) };
  return (await ask('GET /api/v1/employees', { query }, signal)).rows.map(toPicked);
}
