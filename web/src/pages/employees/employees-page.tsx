import { Button, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Employee } from '../../../../src/contract/employees.ts';
import { questionOf } from '../../api/question.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { DataTable } from '../../parts/data-table/data-table.tsx';
import { nextSort } from '../../parts/data-table/sort-text.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useMay } from '../../session/session.ts';
import { useFormats } from '../../time/use-formats.ts';
import { EmployeeActions } from './employee-actions.tsx';
import { employeeColumns, narrowEmployeeColumns } from './employee-columns.tsx';
import { EmployeeFilters } from './employee-filters.tsx';
import { isFiltered, pageOf, pageSize, queryOf } from './employees-query.ts';

const route = getRouteApi('/employees');
const nothing: ReadonlySet<string> = new Set();

/** Everybody in the directory, searched, filtered and sorted by the server. */
export function EmployeesPage() {
  const { t } = useTranslation('employees');
  const { t: tDirectory } = useTranslation('directory');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/employees', { query: queryOf(search) }),
    placeholderData: keepPreviousData,
  });
  const clear = () => void navigate({ search: ({ sort }) => ({ sort }), replace: true });
  const goTo = (page: number) =>
    void navigate({ search: (now) => ({ ...now, page: page === 1 ? undefined : String(page) }) });
  const isEmpty = data?.total === 0 && !isFiltered(search);
  return (
    <DirectoryFrame
      title={t('title')}
      summary={t('summary')}
      width="wide"
      actions={<EmployeeActions search={search} />}
    >
      {isEmpty ? null : <EmployeeFilters search={search} total={data?.total} onClear={clear} />}
      {error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('table')}>
          <Skeleton height={420} />
        </div>
      ) : isEmpty ? (
        <Empty />
      ) : data.total === 0 ? (
        <Notice title={t('filteredTitle')} action={<Button onClick={clear}>{tDirectory('clear')}</Button>} />
      ) : data.rows.length === 0 ? (
        <Notice title={t('beyondTitle')} action={<Button onClick={() => goTo(1)}>{t('toFirst')}</Button>} />
      ) : (
        <EmployeeTable employees={data.rows} />
      )}
      {data === undefined || data.rows.length === 0 ? null : (
        <Pager page={pageOf(search)} pageSize={pageSize} total={data.total} onGo={goTo} />
      )}
    </DirectoryFrame>
  );
}

function EmployeeTable({ employees }: { readonly employees: readonly Employee[] }) {
  const { t } = useTranslation('employees');
  const formats = useFormats();
  const { sort = 'name' } = route.useSearch();
  const filter = route.useNavigate();
  const navigate = useNavigate();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const columns = useMemo(
    () => (isNarrow ? narrowEmployeeColumns : employeeColumns)({ t, formats }),
    [t, formats, isNarrow],
  );
  return (
    <DataTable
      label={t('table')}
      columns={columns}
      items={employees}
      keyOf={({ id }) => id}
      sort={sort}
      isSorted
      onSort={(column) =>
        void filter({
          search: (now) => ({ ...now, sort: nextSort(sort, column), page: undefined }),
          replace: true,
        })
      }
      hidden={nothing}
      onOpen={(employee) => void navigate({ to: '/employees/$employee', params: { employee } })}
      rowHeight={isNarrow ? 52 : 36}
      scrolls={isNarrow ? 'with the page' : 'itself'}
    />
  );
}

function Empty() {
  const { t } = useTranslation('employees');
  const mayManage = useMay()('manage the directory');
  return (
    <Notice
      title={t('emptyTitle')}
      text={t('emptyText')}
      action={
        mayManage ? (
          <>
            <LinkButton to="/employees/imports">{t('import')}</LinkButton>
            <LinkButton to="/employees/new" variant="default">
              {t('add')}
            </LinkButton>
          </>
        ) : undefined
      }
    />
  );
}
