import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../api/question.ts';
import { employeeLabel, type PickedEmployee, toPicked } from './picked-employee.ts';

type EmployeesPickerProps = Pick<MultiSelectProps, 'label' | 'error'> & {
  readonly values: readonly PickedEmployee[];
  readonly onPick: (employees: readonly PickedEmployee[]) => void;
};

const shown = 20;
const pauseMilliseconds = 200;

/** Several of the directory, each found by typing a part of the name, Employee ID or e-mail address. */
export function EmployeesPicker({ values, onPick, ...props }: EmployeesPickerProps) {
  const { t } = useTranslation('directory');
  const [typed, setTyped] = useState('');
  const [words] = useDebouncedValue(typed.trim(), pauseMilliseconds);
  const { data, isFetching } = useQuery({
    ...questionOf('GET /api/v1/employees', {
      query: { limit: shown, ...(words === '' ? {} : { search: words.slice(0, 200) }) },
    }),
    placeholderData: keepPreviousData,
  });
  const chosen = new Set(values.map(({ id }) => id));
  const offered = [...values, ...(data?.rows ?? []).filter(({ id }) => !chosen.has(id)).map(toPicked)];
  return (
    <MultiSelect
      description={t('picker.hint')}
      {...props}
      data={offered.map((one) => ({ value: one.id, label: employeeLabel(one) }))}
      value={values.map(({ id }) => id)}
      onChange={(ids) => onPick(offered.filter(({ id }) => ids.includes(id)))}
      searchable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      hidePickedOptions
      nothingFoundMessage={t(isFetching ? 'picker.looking' : 'picker.nobody')}
      data-autofocus
    />
  );
}
