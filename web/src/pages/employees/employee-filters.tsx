import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { employeeStates } from '../../directory/employee-state.tsx';
import classes from '../../parts/filter-bar.module.css';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { isFiltered } from './employees-query.ts';
import type { EmployeesSearch } from './employees-search.ts';

const route = getRouteApi('/employees');

type EmployeeFiltersProps = {
  readonly search: EmployeesSearch;
  /** How many there are on all pages; undefined until it is known. */
  readonly total: number | undefined;
  readonly onClear: () => void;
};

/** All of them stand in the address; another filter begins at the first page. */
export function EmployeeFilters({ search, total, onClear }: EmployeeFiltersProps) {
  const { t } = useTranslation('employees');
  const { t: tDirectory } = useTranslation('directory');
  const navigate = route.useNavigate();
  const teams = useQuery(questionOf('GET /api/v1/teams', { query: {} })).data ?? [];
  const values = useQuery(questionOf('GET /api/v1/employees/values', { query: {} })).data;
  const set = (change: Partial<EmployeesSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...change, page: undefined }), replace: true });
  const filters = [
    ['state', employeeStates.map((state) => ({ value: state, label: t(`state.${state}`) }))],
    ['team', teams.map(({ name }) => name)],
    ['location', values?.locations ?? []],
    ['link', (['linked', 'unlinked'] as const).map((link) => ({ value: link, label: t(`link.${link}`) }))],
    ['tag', values?.tags ?? []],
  ] as const;
  return (
    <search className={classes.filters}>
      <SearchField
        className={classes.words}
        label={t('search')}
        placeholder={t('searchHint')}
        words={search.q}
        onSearch={(q) => set({ q })}
      />
      {filters.map(([name, data]) => (
        <FilterSelect
          key={name}
          label={t(`filter.${name}`)}
          choices={data}
          value={search[name]}
          onChoose={(value) => set({ [name]: value })}
        />
      ))}
      {isFiltered(search) ? (
        <Button variant="subtle" onClick={onClear}>
          {tDirectory('clear')}
        </Button>
      ) : null}
      <output className={classes.shown}>{total === undefined ? ' ' : t('count', { count: total })}</output>
    </search>
  );
}
