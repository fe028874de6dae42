import { Button, Checkbox, Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link, LinkKind } from '../../../../src/contract/links.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Pager } from '../../parts/pager.tsx';
import { IgnoreLinks } from './ignore-links.tsx';
import { LinkByHand } from './link-by-hand.tsx';
import { keyOf } from './link-facts.ts';
import { isTrouble } from './link-kinds.ts';
import classes from './link-list.module.css';
import { LinkRow } from './link-row.tsx';
import type { LinksSearch } from './links-search.ts';
import type { Decisions } from './use-decisions.ts';

const route = getRouteApi('/employees/links');
const pageSize = 25;

type LinkListProps = {
  readonly connection: string;
  readonly kind: LinkKind | undefined;
  readonly search: LinksSearch;
  readonly decisions: Decisions;
  /** Whether anybody is known at all. */
  readonly isKnown: boolean;
};

/** Whoever is of one kind, or whoever is found, a page at a time. */
export function LinkList({ connection, kind, search, decisions, isKnown }: LinkListProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const navigate = route.useNavigate();
  const page = Math.max(1, Number(search.page ?? 1) || 1);
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/connections/:id/links', {
      params: { id: connection },
      query: { kind, search: search.q, offset: (page - 1) * pageSize, limit: pageSize },
    }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) {
    return <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />;
  }
  if (data === undefined) {
    return (
      <div role="status" aria-label={t('list')}>
        <Skeleton height={320} />
      </div>
    );
  }
  if (data.rows.length === 0) {
    return (
      <Notice
        tone={search.q === undefined && isKnown ? 'success' : 'neutral'}
        title={t(search.q === undefined ? 'emptyTitle' : 'emptyFiltered')}
        {...(search.q === undefined ? { text: t(isKnown ? 'emptyText' : 'firstFetchText') } : {})}
        action={
          search.q === undefined ? undefined : (
            <Button
              onClick={() => void navigate({ search: { connection, kind: search.kind }, replace: true })}
            >
              {tDirectory('clear')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <>
      {kind === undefined ? null : <p className={classes.hint}>{t(`hint.${kind}`)}</p>}
      <Rows connection={connection} kind={kind} links={data.rows} decisions={decisions} />
      <Pager
        page={page}
        pageSize={pageSize}
        total={data.total}
        onGo={(to) =>
          void navigate({ search: (now) => ({ ...now, kind, page: to === 1 ? undefined : String(to) }) })
        }
      />
    </>
  );
}

type RowsProps = {
  readonly connection: string;
  readonly kind: LinkKind | undefined;
  readonly links: readonly Link[];
  readonly decisions: Decisions;
};

function Rows({ connection, kind, links, decisions }: RowsProps) {
  const { t } = useTranslation('links');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [searched, setSearched] = useState<Link | null>(null);
  const [ignored, setIgnored] = useState<readonly Link[]>([]);
  // Together only troubles are settled, and one kind at a time.
  const isBulk = kind !== undefined && isTrouble(kind);
  const chosenLinks = links.filter((link) => chosen.has(keyOf(link)));
  return (
    <>
      {isBulk ? (
        <BulkBar
          kind={kind}
          links={links}
          chosen={chosenLinks}
          decisions={decisions}
          onChoose={setChosen}
          onIgnore={() => setIgnored(chosenLinks)}
        />
      ) : null}
      <ul className={classes.rows} aria-label={t('list')}>
        {links.map((link) => (
          <LinkRow
            key={`${link.kind} ${keyOf(link)}`}
            link={link}
            connection={connection}
            isKindShown={kind === undefined}
            decisions={decisions}
            isChosen={chosen.has(keyOf(link))}
            {...(isBulk
              ? { onChoose: () => setChosen(new Set([keyOf(link)]).symmetricDifference(chosen)) }
              : {})}
            onSearch={() => setSearched(link)}
            onIgnore={() => setIgnored([link])}
          />
        ))}
      </ul>
      {searched === null ? null : (
        <LinkByHand
          connection={connection}
          link={searched}
          decisions={decisions}
          onClose={() => setSearched(null)}
        />
      )}
      {ignored.length === 0 ? null : (
        <IgnoreLinks links={ignored} decisions={decisions} onClose={() => setIgnored([])} />
      )}
    </>
  );
}

type BulkBarProps = {
  readonly kind: LinkKind;
  readonly links: readonly Link[];
  readonly chosen: readonly Link[];
  readonly decisions: Decisions;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onIgnore: () => void;
};

/** What can be done with all that are ticked. */
function BulkBar({ kind, links, chosen, decisions, onChoose, onIgnore }: BulkBarProps) {
  const { t } = useTranslation('links');
  const isAll = chosen.length === links.length;
  return (
    <div className={classes.bulk}>
      <Checkbox
        label={chosen.length === 0 ? t('selectAll') : t('chosen', { count: chosen.length })}
        checked={isAll}
        indeterminate={chosen.length > 0 && !isAll}
        onChange={() => onChoose(isAll ? new Set() : new Set(links.map(keyOf)))}
      />
      {chosen.length === 0 ? null : (
        <>
          {kind === 'not_in_directory' ? (
            <Button
              size="xs"
              variant="default"
              loading={decisions.add.isPending}
              onClick={() => decisions.add.mutate(chosen.flatMap(({ person }) => person?.guid ?? []))}
            >
              {t('add')}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={onIgnore}>
            {t('ignore')}
          </Button>
        </>
      )}
    </div>
  );
}
