import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ConnectionBrief, RunBrief } from '../../../../src/contract/overview.ts';
import { Moment } from '../../parts/moment.tsx';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { RunStateChip } from '../../runs/run-state-chip.tsx';

type ConnectionTableProps = { readonly connections: readonly ConnectionBrief[]; readonly zone: string };

/** Last success and last attempt, apart: only a success brings data. */
export function ConnectionTable({ connections, zone }: ConnectionTableProps) {
  const { t } = useTranslation('overview');
  const moment = (run: RunBrief | null) =>
    run === null ? t('never') : <Moment instant={run.endedAt ?? run.startedAt} zone={zone} />;
  return (
    <SimpleTable
      title={t('connections')}
      head={[t('connection'), t('result'), t('lastSuccess'), t('lastAttempt'), t('next')]}
      rows={connections.map((connection) => {
        const { id, name, subdomain, lastSuccess, lastAttempt, running } = connection;
        return {
          key: id,
          cells: [
            <Link key="connection" to="/connections/$connection" params={{ connection: id }}>
              {name} ({subdomain})
            </Link>,
            running !== null ? (
              <Link to="/runs/$run" params={{ run: running }}>
                <RunStateChip state="running" />
              </Link>
            ) : lastAttempt === null ? (
              '–'
            ) : (
              <Link to="/runs/$run" params={{ run: lastAttempt.run }}>
                <RunStateChip state={lastAttempt.state} />
              </Link>
            ),
            moment(lastSuccess),
            moment(lastAttempt),
            <Next key="next" connection={connection} zone={zone} />,
          ],
        };
      })}
    />
  );
}

type NextProps = { readonly connection: ConnectionBrief; readonly zone: string };

/** When it is fetched by itself; a planned try comes first, and is told as such. */
function Next({ connection: { nextDueAt, plannedRetryAt, autoRun }, zone }: NextProps) {
  const { t } = useTranslation('overview');
  if (plannedRetryAt !== null) {
    return (
      <>
        <Moment instant={plannedRetryAt} zone={zone} /> ({t('retry')})
      </>
    );
  }
  if (!autoRun) return t('autoRunOff');
  return nextDueAt === null ? '–' : <Moment instant={nextDueAt} zone={zone} />;
}
