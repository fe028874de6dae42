import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportDetails } from '../../../../src/contract/employee-imports.ts';
import { hasCode } from '../../api/api-problem.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Facts } from '../../parts/facts.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { ImportOutcome } from './import-outcome.tsx';
import { ImportRows } from './import-rows.tsx';
import { ImportStateChip } from './import-state.tsx';

const route = getRouteApi('/employees/imports/$import');

/** One file: what it would do or did, row by row, and the deciding about it. */
export function ImportPage() {
  const { import: id } = route.useParams();
  const { t } = useTranslation('imports');
  const zone = useZone();
  const { data, error, refetch } = useQuery(
    questionOf('GET /api/v1/employee-imports/:id', { params: { id }, query: {} }),
  );
  const toList = (
    <LinkButton to="/employees/imports" variant="default">
      {t('toList')}
    </LinkButton>
  );
  if (data !== undefined && zone !== undefined) {
    return (
      <DirectoryFrame
        title={data.fileName}
        summary={
          <>
            <ImportStateChip state={data.state} /> · {t('rows', { count: data.counts.rows })}
          </>
        }
        actions={toList}
      >
        <ImportOutcome key={data.id} details={data} />
        <ImportRows details={data} />
        <AboutFile details={data} zone={zone} />
      </DirectoryFrame>
    );
  }
  return (
    <DirectoryFrame title={t('title')} summary=" ">
      {error === null ? (
        <Skeleton height={420} />
      ) : hasCode(error, 'not_found', 'invalid_input') ? (
        <Notice title={t('unknownTitle')} text={t('unknownText')} action={toList} />
      ) : (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      )}
    </DirectoryFrame>
  );
}

function AboutFile({ details, zone }: { readonly details: ImportDetails; readonly zone: string }) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  const { format, encoding, separator, columns, teamFrom, fileHash } = details;
  const { madeAt, madeBy, appliedAt, appliedBy, undoneAt, undoneBy } = details;
  const when = (instant: string | null, by: string | null) =>
    instant === null ? null : (
      <>
        <Moment instant={instant} zone={zone} /> {by === null ? null : t('by', { name: by })}
      </>
    );
  return (
    <Facts
      level={2}
      title={t('fact.about')}
      facts={[
        [t('fact.made'), when(madeAt, madeBy)],
        [t('fact.applied'), when(appliedAt, appliedBy)],
        [t('fact.undone'), when(undoneAt, undoneBy)],
        [t('fact.format'), format.toUpperCase()],
        [t('fact.encoding'), encoding],
        [t('fact.separator'), separator === null ? null : t(`separator.${separator}`)],
        [t('fact.columns'), columns.join(', ')],
        [t('fact.teamFrom'), columns.includes('team') ? formats.dateOfYear(teamFrom) : null],
        [t('fact.hash'), fileHash],
      ]}
    />
  );
}
