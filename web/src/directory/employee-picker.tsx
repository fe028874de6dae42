import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../api/question.ts';
import { employeeLabel, type PickedEmployee, toPicked } from './picked-employee.ts';

type EmployeePickerProps = Pick<SelectProps, 'label' | 'description' | 'error' | 'withAsterisk'> & {
  readonly value: PickedEmployee | null;
  readonly onPick: (employee: PickedEmployee | null) => void;
  /** Who cannot be chosen. */
  readonly without?: string | undefined;
  readonly hasFocus?: boolean;
};

const shown = 20;
const pauseMilliseconds = 200;

/** Somebody of the directory, found by typing a part of the name, Employee ID or e-mail address. */
export function EmployeePicker({ value, onPick, without, hasFocus, ...props }: EmployeePickerProps) {
  const { t } = useTranslation('directory');
  const ownLabel = value === null ? '' : employeeLabel(value);
  const [typed, setTyped] = useState(ownLabel);
  const [words] = useDebouncedValue(typed === ownLabel ? '' : typed.trim(), pauseMilliseconds);
  const { data, isFetching } = useQuery({
    ...questionOf('GET /api/v1/employees', {
      query: { limit: shown, ...(words === '' ? {} : { search: words.slice(0, 200) }) },
    }),
    placeholderData: keepPreviousData,
  });
  const found = (data?.rows ?? []).filter(({ id }) => id !== without).map(toPicked);
  const offered = value === null || found.some(({ id }) => id === value.id) ? found : [value, ...found];
  return (
    <Select
      description={t('picker.hint')}
      {...props}
      {...(hasFocus === true ? { 'data-autofocus': true } : {})}
      data={offered.map((one) => ({ value: one.id, label: employeeLabel(one) }))}
      value={value?.id ?? null}
      onChange={(id) => onPick(offered.find((one) => one.id === id) ?? null)}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={t(isFetching ? 'picker.looking' : 'picker.nobody')}
    />
  );
}
