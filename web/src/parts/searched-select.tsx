import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type SearchedSelectProps<Item> = Pick<SelectProps, 'label' | 'description' | 'error' | 'withAsterisk'> & {
  readonly value: Item | null;
  readonly onPick: (item: Item | null) => void;
  readonly idOf: (item: Item) => string;
  readonly labelOf: (item: Item) => string;
  /** Asks the server for what has these words; for the first ones of all without any. */
  readonly find: (words: string, signal: AbortSignal) => Promise<readonly Item[]>;
  /** What tells this search from others. */
  readonly findKey: readonly unknown[];
  readonly hasFocus?: boolean;
};

const pauseMilliseconds = 200;

/** One of very many, found by typing a part of what it is called. The server searches. */
export function SearchedSelect<Item>(props: SearchedSelectProps<Item>) {
  const { value, onPick, idOf, labelOf, find, findKey, hasFocus = false, ...field } = props;
  const { t } = useTranslation('directory');
  const ownLabel = value === null ? '' : labelOf(value);
  const [typed, setTyped] = useState(ownLabel);
  const [words] = useDebouncedValue(typed === ownLabel ? '' : typed.trim().slice(0, 200), pauseMilliseconds);
  const { data: items = [], isFetching } = useQuery({
    queryKey: [...findKey, words],
    queryFn: ({ signal }) => find(words, signal),
    placeholderData: keepPreviousData,
  });
  const isThere = value === null || items.some((item) => idOf(item) === idOf(value));
  const offered = isThere ? items : [value, ...items];
  return (
    <Select
      description={t('picker.hint')}
      {...field}
      {...(hasFocus ? { 'data-autofocus': true } : {})}
      data={offered.map((item) => ({ value: idOf(item), label: labelOf(item) }))}
      value={value === null ? null : idOf(value)}
      onChange={(id) => onPick(offered.find((item) => idOf(item) === id) ?? null)}
      searchable
      clearable
      searchValue={typed}
      onSearchChange={setTyped}
      filter={({ options }) => options}
      nothingFoundMessage={t(isFetching ? 'picker.looking' : 'picker.nobody')}
    />
  );
}
