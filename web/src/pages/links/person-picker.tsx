import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import type { Person } from './link-facts.ts';

type PersonPickerProps = {
  readonly connection: string;
  readonly label: string;
  readonly value: Person | null;
  readonly onPick: (person: Person | null) => void;
};

const shown = 20;
const pauseMilliseconds = 200;

/** Somebody in Keka, found by typing a part of the name, code or e-mail address. */
export function PersonPicker({ connection, label, value, onPick }: PersonPickerProps) {
  const { t } = useTranslation('directory');
  const ownLabel = value === null ? '' : labelOf(value);
  const [typed, setTyped] = useState(ownLabel);
  const [words] = useDebouncedValue(typed === ownLabel ? '' : typed.trim(), pauseMilliseconds);
  const { data, isFetching } = useQuery({
    ...questionOf('GET /api/v1/connections/:id/links', {
      params: { id: connection },
      query: { limit: shown, ...(words === '' ? {} : { search: words.slice(0, 200) }) },
    }),
    placeholderData: keepPreviousData,
  });
  const found = (data?.rows ?? []).flatMap(({ person }) => person ?? []);
  const offered = value === null || found.some(({ guid }) => guid === value.guid) ? found : [value, ...found];
  return (
    <Select
      label={label}
      description={t('picker.hint')}
      data={offered.map((one) => ({ value: one.guid, label: labelOf(one) }))}
      value={value?.guid ?? null}
      onChange={(guid) => onPick(offered.find((one) => one.guid === guid) ?? null)}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={t(isFetching ? 'picker.looking' : 'picker.nobody')}
      data-autofocus
    />
  );
}

function labelOf({ name, key, email }: Person): string {
  return [name, key ?? email].filter((one) => one !== null).join(' · ');
}
