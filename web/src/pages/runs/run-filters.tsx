import { Button, MultiSelect } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../../src/contract/runs.ts';
import { runStates } from '../../runs/run-state-chip.tsx';
import classes from './run-filters.module.css';
import type { RunsSearch } from './runs-search.ts';

const route = getRouteApi('/runs');

type RunFiltersProps = {
  readonly runs: readonly RunSummary[];
  readonly search: RunsSearch;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
};

/** By state, by what started it, by connection; all of it stands in the address. */
export function RunFilters({ runs, search, isFiltered, onClear }: RunFiltersProps) {
  const { t } = useTranslation('runs');
  const navigate = route.useNavigate();
  const filters = [
    ['state', runStates.map((state) => ({ value: state, label: t(`state.${state}`) }))],
    [
      'trigger',
      [...new Set(runs.map(({ trigger }) => trigger))].map((trigger) => ({
        value: trigger,
        label: t(`trigger.${trigger}`),
      })),
    ],
    ['connection', [...new Set(runs.map(({ connection }) => connection))]],
  ] as const;
  return (
    <search className={classes.filters}>
      {filters.map(([name, data]) => (
        <MultiSelect
          key={name}
          aria-label={t(`column.${name}`)}
          placeholder={search[name] === undefined ? t(`column.${name}`) : ''}
          data={[...data]}
          value={[...(search[name] ?? [])]}
          onChange={(values) =>
            void navigate({
              search: (now) => ({ ...now, [name]: values.length === 0 ? undefined : values }),
              replace: true,
            })
          }
          clearable
        />
      ))}
      {isFiltered ? (
        <Button variant="subtle" onClick={onClear}>
          {t('clear')}
        </Button>
      ) : null}
    </search>
  );
}
