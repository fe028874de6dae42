import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { Failure } from '../../parts/failure.tsx';
import { ItemList } from '../../parts/item-list.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Pager } from '../../parts/pager.tsx';
import type { Decisions } from './use-decisions.ts';

const route = getRouteApi('/employees/links');
const pageSize = 50;

type Decision = Answer<'GET /api/v1/connections/:id/links/decisions'>['rows'][number];
type DecisionHistoryProps = { readonly connection: string; readonly decisions: Decisions };

/** What people decided, newest first. Decisions that were made together are undone together. */
export function DecisionHistory({ connection, decisions }: DecisionHistoryProps) {
  const { t } = useTranslation('links', { keyPrefix: 'history' });
  const { t: tLinks } = useTranslation('links');
  const zone = useZone();
  const { page: asked } = route.useSearch();
  const navigate = route.useNavigate();
  const page = Math.max(1, Number(asked ?? 1) || 1);
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/connections/:id/links/decisions', {
      params: { id: connection },
      query: { offset: (page - 1) * pageSize, limit: pageSize },
    }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) {
    return <Failure error={error} title={tLinks('failedTitle')} onRetry={() => void refetch()} />;
  }
  if (data === undefined || zone === undefined) return <Skeleton height={320} />;
  if (data.rows.length === 0) return <Notice title={t('emptyTitle')} text={t('emptyText')} />;
  const itemOf = (batch: string, [first, ...others]: readonly Decision[]) =>
    first === undefined
      ? []
      : [
          {
            key: batch,
            title: <What decision={first} others={others.length} />,
            details: [
              <Moment key="at" instant={first.at} zone={zone} />,
              t('by', { name: first.by }),
              first.reason,
              first.undoneBy === null ? null : t('undoneBy', { name: first.undoneBy }),
            ],
            actions: first.undoneAt === null ? <Undo decision={first} decisions={decisions} /> : null,
          },
        ];
  const batches = [...Map.groupBy(data.rows, ({ batch }) => batch)];
  return (
    <>
      <ItemList label={t('title')} items={batches.flatMap(([batch, made]) => itemOf(batch, made))} />
      <Pager
        page={page}
        pageSize={pageSize}
        total={data.total}
        onGo={(to) =>
          void navigate({ search: (now) => ({ ...now, page: to === 1 ? undefined : String(to) }) })
        }
      />
    </>
  );
}

function useSubject(): (decision: Decision) => string {
  const { t } = useTranslation('directory');
  return ({ person, employee }) => person?.name ?? (person === null ? employee?.name : null) ?? t('noName');
}

function What({ decision, others }: { readonly decision: Decision; readonly others: number }) {
  const { t } = useTranslation('links', { keyPrefix: 'history' });
  const { kind, employee } = decision;
  return (
    <>
      {useSubject()(decision)}: {t(`kind.${kind}`)}
      {kind === 'link' && employee !== null ? ` ${employee.name}` : ''}
      {others === 0 ? null : ` (${t('together', { count: others })})`}
    </>
  );
}

function Undo({ decision, decisions }: { readonly decision: Decision; readonly decisions: Decisions }) {
  const { t } = useTranslation('links', { keyPrefix: 'history' });
  const { t: tDirectory } = useTranslation('directory');
  const name = useSubject()(decision);
  return (
    <Button
      size="xs"
      variant="default"
      aria-label={t('undoOf', { name })}
      loading={decisions.undo.isPending && decisions.undo.variables === decision.batch}
      onClick={() => decisions.undo.mutate(decision.batch)}
    >
      {tDirectory('undo')}
    </Button>
  );
}
