import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportSummary } from '../../../../src/contract/employee-imports.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import { ItemList } from '../../parts/item-list.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../../session/session.ts';
import { useFormats } from '../../time/use-formats.ts';
import { ChooseFile } from './choose-file.tsx';
import { ImportStateChip } from './import-state.tsx';
import classes from './imports.module.css';

/** A file to import, and the imports so far. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const mayManage = useMay()('manage the directory');
  const zone = useZone();
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/employee-imports', { query: {} }));
  return (
    <DirectoryFrame title={t('title')} summary={t('summary')}>
      {mayManage ? <ChooseFile /> : null}
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined || zone === undefined ? (
        <div role="status" aria-label={t('history')}>
          <Skeleton height={200} />
        </div>
      ) : data.length === 0 ? (
        <Notice title={t('emptyTitle')} text={t('emptyText')} />
      ) : (
        <History imports={data} zone={zone} />
      )}
    </DirectoryFrame>
  );
}

type HistoryProps = { readonly imports: readonly ImportSummary[]; readonly zone: string };

function History({ imports, zone }: HistoryProps) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  return (
    <section>
      <h2 className={classes.title}>{t('history')}</h2>
      <ItemList
        label={t('history')}
        items={imports.map(({ id, fileName, state, counts, madeAt, madeBy }) => ({
          key: id,
          title: (
            <Link to="/employees/imports/$import" params={{ import: id }}>
              {fileName}
            </Link>
          ),
          details: [
            t('counts', {
              added: formats.number(counts.added),
              changed: formats.number(counts.changed),
              unchanged: formats.number(counts.unchanged),
            }),
            counts.refused === 0 ? null : t('countsRefused', { refused: formats.number(counts.refused) }),
            <Moment key="at" instant={madeAt} zone={zone} />,
            t('by', { name: madeBy }),
          ],
          state: <ImportStateChip state={state} />,
        }))}
      />
    </section>
  );
}
