import { Button, MultiSelect, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DailyRow } from '../../../../src/contract/daily-report.ts';
import { useFlagWord } from '../../attendance/flag-word.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './daily-filters.module.css';
import type { DailySearch } from './daily-search.ts';
import { isFiltered, noneGiven, valuesIn } from './filter-rows.ts';
import { useSearchWords } from './use-search-words.ts';

const route = getRouteApi('/daily-attendance');

type DailyFiltersProps = {
  readonly rows: readonly DailyRow[];
  readonly search: DailySearch;
  /** How many rows are left. */
  readonly shown: number;
  readonly onClear: () => void;
};

/** Filters by words, team, location and flag; all of them stand in the address. */
export function DailyFilters({ rows, search, shown, onClear }: DailyFiltersProps) {
  const { t } = useTranslation('daily');
  const formats = useFormats();
  const navigate = route.useNavigate();
  const words = useSearchWords(search.q);
  const wordOf = useFlagWord();
  const choices = useMemo(
    () => ({
      team: valuesIn(rows, 'team'),
      location: valuesIn(rows, 'location'),
      flag: [...new Set(rows.flatMap(({ flags }) => flags))].toSorted(),
    }),
    [rows],
  );
  const choose = (filter: 'team' | 'location' | 'flag') => (values: string[]) =>
    void navigate({
      search: (now) => ({ ...now, [filter]: values.length === 0 ? undefined : values }),
      replace: true,
    });
  const named = (value: string) => ({ value, label: value === noneGiven ? t('without') : value });
  return (
    <search className={classes.filters}>
      <TextInput
        type="search"
        className={classes.words}
        aria-label={t('search')}
        placeholder={t('searchHint')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        value={words.text}
        onChange={({ currentTarget: { value } }) => words.change(value)}
      />
      <Filter
        label={t('team')}
        data={choices.team.map(named)}
        value={search.team}
        onChange={choose('team')}
      />
      <Filter
        label={t('location')}
        data={choices.location.map(named)}
        value={search.location}
        onChange={choose('location')}
      />
      <Filter
        label={t('flags')}
        data={choices.flag.map((flag) => ({ value: flag, label: wordOf(flag, null) }))}
        value={search.flag}
        onChange={choose('flag')}
      />
      {isFiltered(search) ? (
        <Button variant="subtle" onClick={onClear}>
          {t('clear')}
        </Button>
      ) : null}
      <output className={classes.shown}>
        {shown === rows.length
          ? t('shown', { count: shown })
          : t('shownOf', { shown: formats.number(shown), all: formats.number(rows.length) })}
      </output>
    </search>
  );
}

type FilterProps = {
  readonly label: string;
  readonly data: { value: string; label: string }[];
  readonly value: readonly string[] | undefined;
  readonly onChange: (values: string[]) => void;
};

function Filter({ label, data, value, onChange }: FilterProps) {
  return (
    <MultiSelect
      className={classes.filter}
      aria-label={label}
      placeholder={value === undefined ? label : ''}
      data={data}
      value={[...(value ?? [])]}
      onChange={onChange}
      clearable
      searchable={data.length > 8}
      comboboxProps={{ width: 240, position: 'bottom-start' }}
    />
  );
}
