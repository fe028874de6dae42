import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportDetails, ImportRow } from '../../../../src/contract/employee-imports.ts';
import { questionOf } from '../../api/question.ts';
import { useFieldName } from '../../directory/field-name.ts';
import countClasses from '../../parts/count-links.module.css';
import { Failure } from '../../parts/failure.tsx';
import { Mark, type MarkShape } from '../../parts/mark.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Pager } from '../../parts/pager.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './imports.module.css';

const route = getRouteApi('/employees/imports/$import');
const pageSize = 50;

type Outcome = ImportRow['outcome'];

const outcomes = [
  ['refused', 'refused', 'cross'],
  ['new', 'added', 'dot'],
  ['changed', 'changed', 'half'],
  ['unchanged', 'unchanged', 'dash'],
] as const satisfies readonly (readonly [Outcome, keyof ImportDetails['counts'], MarkShape])[];

/** The rows by what they do, each field by field. */
export function ImportRows({ details }: { readonly details: ImportDetails }) {
  const { t } = useTranslation('imports');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { counts } = details;
  const chosen: Outcome =
    outcomes.find(([outcome]) => outcome === search.outcome)?.[0] ??
    outcomes.find(([, count]) => counts[count] > 0)?.[0] ??
    'new';
  const page = Math.max(1, Number(search.page ?? 1) || 1);
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/employee-imports/:id/rows', {
      params: { id: details.id },
      query: { outcome: chosen, offset: (page - 1) * pageSize, limit: pageSize },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <OutcomeTabs counts={counts} chosen={chosen} />
      {error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={240} />
      ) : data.rows.length === 0 ? (
        <Notice text={t('noRows')} />
      ) : (
        <ul className={classes.rows} aria-label={t('outcomes')}>
          {data.rows.map((row) => (
            <Row key={row.line} row={row} />
          ))}
        </ul>
      )}
      <Pager
        page={page}
        pageSize={pageSize}
        total={data?.total ?? 0}
        onGo={(to) => void navigate({ search: { outcome: chosen, page: to === 1 ? undefined : String(to) } })}
      />
    </>
  );
}

type OutcomeTabsProps = { readonly counts: ImportDetails['counts']; readonly chosen: Outcome };

function OutcomeTabs({ counts, chosen }: OutcomeTabsProps) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  return (
    <ul className={countClasses['counts']} aria-label={t('outcomes')}>
      {outcomes.map(([outcome, count, shape]) => (
        <li key={outcome}>
          <Link
            from={route.id}
            to="."
            search={{ outcome }}
            replace
            className={countClasses['count']}
            data-chosen={outcome === chosen ? '' : undefined}
            aria-current={outcome === chosen ? 'true' : undefined}
          >
            <Mark shape={shape} /> {t(`outcome.${outcome}`)} <b>{formats.number(counts[count])}</b>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Row({ row }: { readonly row: ImportRow }) {
  const { t } = useTranslation('imports');
  const fieldName = useFieldName();
  const { line, name, employee, employeeId, changes, faults } = row;
  // A row that could not be read says nothing about whom it means.
  const shownName = name === null || name === '' ? (faults.length > 0 ? '–' : t('noName')) : name;
  return (
    <li className={classes.row}>
      <span className={classes.line}>{t('line', { line })}</span>
      <span className={classes.who}>
        {employee === null ? (
          shownName
        ) : (
          <Link to="/employees/$employee" params={{ employee }}>
            {shownName}
          </Link>
        )}{' '}
        <span className={classes.soft}>{employeeId}</span>
      </span>
      <ul className={classes.changes}>
        {faults.map(({ field, reason }) => (
          <li key={`${field} ${reason}`} className={classes.fault}>
            <Mark shape="cross" /> {fieldName(field)} {reason}
          </li>
        ))}
        {changes.map(({ field, before, after }) => (
          <li key={field}>
            <span className={classes.soft}>{fieldName(field)}:</span>{' '}
            {before === null ? null : (
              <>
                <span className={classes.before}>{before}</span>
                {' → '}
              </>
            )}
            {after ?? <span className={classes.soft}>{t('nothing')}</span>}
          </li>
        ))}
      </ul>
    </li>
  );
}
