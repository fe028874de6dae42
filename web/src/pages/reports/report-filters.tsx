import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { questionOf } from '../../api/question.ts';
import { statusMarks } from '../../attendance/status-marks.ts';
import classes from '../../parts/filter-bar.module.css';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useMay } from '../../session/session.ts';
import { RangeFields } from './range-fields.tsx';
import type { ReportEntry } from './report-list.ts';
import { isFiltered, type ReportSearch } from './report-search.ts';

const route = getRouteApi('/reports/$report');
/** As the server has it: people of no team, or at no place. */
const none = '-';

type ReportFiltersProps = {
  readonly report: ReportEntry;
  /** The dates that are shown; undefined until the server has said which are usual. */
  readonly range: { readonly from: string; readonly to: string; readonly zone: string } | undefined;
};

/** Dates, people and statuses; all of it stands in the address. */
export function ReportFilters({ report, range }: ReportFiltersProps) {
  const { t } = useTranslation('reports');
  const { t: tAttendance } = useTranslation('attendance');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: Partial<ReportSearch>) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const { teams, locations } = useChoices();
  const statuses = (Object.keys(statusMarks) as (keyof typeof statusMarks)[]).map((status) => ({
    value: status,
    label: tAttendance(`status.${status}`),
  }));
  const choices = [
    ['team', teams === null ? null : [...teams, { value: none, label: t('noTeam') }]],
    ['location', locations === null ? null : [...locations, { value: none, label: t('noLocation') }]],
    ['status', report.hasStatus ? statuses : null],
  ] as const;
  return (
    <search className={classes.filters}>
      <RangeFields takes={report.takes} range={range} onChoose={set} />
      <SearchField
        className={classes.words}
        label={t('search')}
        placeholder={t('searchHint')}
        words={search.q}
        onSearch={(q) => set({ q })}
      />
      {choices.map(([name, data]) =>
        data === null ? null : (
          <FilterSelect
            key={name}
            label={t(`filter.${name}`)}
            choices={data}
            value={search[name]}
            onChoose={(value) => set({ [name]: value })}
          />
        ),
      )}
      {isFiltered(search) ? (
        <Button
          variant="subtle"
          onClick={() => void navigate({ search: ({ from, to }) => ({ from, to }), replace: true })}
        >
          {t('clear')}
        </Button>
      ) : null}
      {search.employee === undefined ? null : (
        <span className={classes.shown}>{t('ofOne', { employee: search.employee })}</span>
      )}
    </search>
  );
}

/** Teams and places to choose from; null for whoever may not read the directory. */
function useChoices() {
  const mayRead = useMay()('read the directory');
  const teams = useQuery({ ...questionOf('GET /api/v1/teams', { query: {} }), enabled: mayRead });
  const values = useQuery({ ...questionOf('GET /api/v1/employees/values', { query: {} }), enabled: mayRead });
  return {
    teams: mayRead ? (teams.data?.map(({ name }) => name) ?? []) : null,
    locations: mayRead ? (values.data?.locations ?? []) : null,
  };
}
