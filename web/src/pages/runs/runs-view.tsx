import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../../../src/contract/runs.ts';
import { DataTable } from '../../parts/data-table/data-table.tsx';
import { nextSort } from '../../parts/data-table/sort-text.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { narrowRunColumns, runColumns } from './run-columns.tsx';
import { RunFilters } from './run-filters.tsx';
import { filterRuns } from './runs-search.ts';

const route = getRouteApi('/runs');
const nothing: ReadonlySet<string> = new Set();

type RunsViewProps = { readonly runs: readonly RunSummary[]; readonly zone: string };

export function RunsView({ runs, zone }: RunsViewProps) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  const search = route.useSearch();
  const filter = route.useNavigate();
  const navigate = useNavigate();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const shown = useMemo(() => filterRuns(runs, search), [runs, search]);
  const columns = useMemo(
    () => (isNarrow ? narrowRunColumns : runColumns)({ t, formats, zone }),
    [t, formats, zone, isNarrow],
  );
  const isFiltered = [search.state, search.trigger, search.connection].some((one) => one !== undefined);
  const clear = () => void filter({ search: ({ sort }) => ({ sort }), replace: true });
  if (runs.length === 0) {
    return (
      <Notice
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={<LinkButton to="/">{t('emptyAction')}</LinkButton>}
      />
    );
  }
  return (
    <>
      <RunFilters runs={runs} search={search} isFiltered={isFiltered} onClear={clear} />
      {shown.length === 0 ? (
        <Notice title={t('filteredTitle')} action={<Button onClick={clear}>{t('clear')}</Button>} />
      ) : (
        <DataTable
          label={t('title')}
          columns={columns}
          items={shown}
          keyOf={({ id }) => id}
          sort={search.sort}
          onSort={(column) =>
            void filter({ search: (now) => ({ ...now, sort: nextSort(now.sort, column) }), replace: true })
          }
          hidden={nothing}
          onOpen={(run) => void navigate({ to: '/runs/$run', params: { run } })}
          rowHeight={isNarrow ? 56 : 36}
          scrolls={isNarrow ? 'with the page' : 'itself'}
        />
      )}
    </>
  );
}
