import { Button, Menu, NativeSelect, Skeleton } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import type { Answer } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { useZone } from '../../api/use-zone.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import filterClasses from '../../parts/filter-bar.module.css';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useMay } from '../../session/session.ts';
import { AcceptSuggestions } from './accept-suggestions.tsx';
import { DecisionHistory } from './decision-history.tsx';
import { KeyChange } from './key-change.tsx';
import { KindTabs } from './kind-tabs.tsx';
import { firstKind, toKind } from './link-kinds.ts';
import { LinkList } from './link-list.tsx';
import { MadeNotice } from './made-notice.tsx';
import { PeopleProblem } from './people-problem.tsx';
import { PeopleSettings } from './people-settings.tsx';
import { type Decisions, useDecisions } from './use-decisions.ts';

const route = getRouteApi('/employees/links');

export type LinkSummary = Answer<'GET /api/v1/connections/:id/links/summary'>;

type LinksOfConnectionProps = {
  readonly connection: Connection;
  readonly connections: readonly Connection[];
};

export function LinksOfConnection({ connection, connections }: LinksOfConnectionProps) {
  const { t } = useTranslation('links');
  const { t: tConnections } = useTranslation('connections');
  const zone = useZone();
  const mayChangeKey = useMay()('manage connections');
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const show = (other: 'key' | 'people' | undefined) =>
    void navigate({ search: (now) => ({ ...now, connection: connection.id, view: other }), replace: true });
  const decisions = useDecisions(connection.id);
  const { data, error, refetch } = useQuery(
    questionOf('GET /api/v1/connections/:id/links/summary', { params: { id: connection.id }, query: {} }),
  );
  const readAt = data?.people.readAt;
  return (
    <DirectoryFrame
      title={t('title')}
      width="wide"
      summary={
        <>
          {t('keyIs', { key: tConnections(`key.${connection.identificationKey}`) })}
          {data === undefined || zone === undefined ? null : (
            <>
              {' · '}
              {typeof readAt === 'string' ? (
                <>
                  {t('readAt')} <Moment instant={readAt} zone={zone} />
                </>
              ) : (
                t('neverRead')
              )}
            </>
          )}
        </>
      }
      actions={<Actions connection={connection.id} mayChange={mayChangeKey} onShow={show} />}
    >
      <MadeNotice decisions={decisions} />
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('title')}>
          <Skeleton height={420} />
        </div>
      ) : view === 'decisions' ? (
        <DecisionHistory connection={connection.id} decisions={decisions} />
      ) : (
        <Overview connection={connection} connections={connections} summary={data} decisions={decisions} />
      )}
      {view === 'people' && mayChangeKey ? (
        <PeopleSettings connection={connection.id} onClose={() => show(undefined)} />
      ) : null}
      {view === 'key' && mayChangeKey ? (
        <KeyChange connection={connection} onClose={() => show(undefined)} />
      ) : null}
    </DirectoryFrame>
  );
}

type ActionsProps = {
  readonly connection: string;
  readonly mayChange: boolean;
  readonly onShow: (view: 'key' | 'people') => void;
};

function Actions({ connection, mayChange, onShow }: ActionsProps) {
  const { t } = useTranslation('links');
  const isHistory = route.useSearch().view === 'decisions';
  return (
    <>
      <LinkButton
        to="/employees/links"
        search={{ connection, view: isHistory ? undefined : 'decisions' }}
        variant="default"
      >
        {t(isHistory ? 'history.back' : 'history.open')}
      </LinkButton>
      {mayChange ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
              {t('settings.menu')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => onShow('people')}>{t('settings.open')}</Menu.Item>
            <Menu.Item onClick={() => onShow('key')}>{t('key.open')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  );
}

type OverviewProps = LinksOfConnectionProps & {
  readonly summary: LinkSummary;
  readonly decisions: Decisions;
};

/** Counts by kind, and whoever is of the chosen one. */
function Overview({ connection, connections, summary, decisions }: OverviewProps) {
  const { t } = useTranslation('links');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [isAccepting, setAccepting] = useState(false);
  const kind = toKind(search.kind) ?? (search.q === undefined ? firstKind(summary.counts) : undefined);
  return (
    <>
      <PeopleProblem connection={connection} people={summary.people} />
      <KindTabs counts={summary.counts} chosen={kind} />
      <search className={filterClasses.filters}>
        {connections.length < 2 ? null : (
          <NativeSelect
            aria-label={t('connection')}
            data={connections.map(({ id, name }) => ({ value: id, label: name }))}
            value={connection.id}
            onChange={({ currentTarget: { value } }) => void navigate({ search: { connection: value } })}
          />
        )}
        <SearchField
          className={filterClasses.words}
          label={t('search')}
          placeholder={t('searchHint')}
          words={search.q}
          onSearch={(q) =>
            void navigate({ search: (now) => ({ ...now, kind, q, page: undefined }), replace: true })
          }
        />
        {summary.suggested === 0 ? null : (
          <Button onClick={() => setAccepting(true)}>{t('acceptAll', { count: summary.suggested })}</Button>
        )}
      </search>
      <LinkList
        key={`${kind} ${search.q} ${search.page}`}
        connection={connection.id}
        kind={kind}
        search={search}
        decisions={decisions}
        isKnown={Object.values(summary.counts).some((count) => count > 0)}
      />
      {isAccepting ? (
        <AcceptSuggestions
          connection={connection.id}
          decisions={decisions}
          onClose={() => setAccepting(false)}
        />
      ) : null}
    </>
  );
}
