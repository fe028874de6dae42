import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../api/question.ts';
import type { PickedEmployee } from './picked-employee.ts';

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
  const ownLabel = value === null ? '' : labelOf(value);
  const [typed, setTyped] = useState(ownLabel);
  const [words] = useDebouncedValue(typed === ownLabel ? '' : typed.trim(), pauseMilliseconds);
  const { data, isFetching } = useQuery({
    ...questionOf('GET /api/v1/employees', {
      query: { limit: shown, ...(words === '' ? {} : { search: words.slice(0, 200) }) },
    }),
    placeholderData: keepPreviousData,
  });
  const found: readonly PickedEmployee[] = (data?.rows ?? [])
    .filter(({ id }) => id !== without)
    .map(({ id, employeeId, firstName, lastName }) => ({
      id,
      employeeId,
      name: `${firstName} ${lastName}`.trim(),
    }));
  const offered = value === null || found.some(({ id }) => id === value.id) ? found : [value, ...found];
  return (
    <Select
      description={t('picker.hint')}
      {...props}
      {...(hasFocus === true ? { 'data-autofocus': true } : {})}
      data={offered.map((one) => ({ value: one.id, label: labelOf(one) }))}
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

function labelOf({ name, employeeId }: PickedEmployee): string {
  return employeeId === null ? name : `${name} · ${employeeId}`;
}
