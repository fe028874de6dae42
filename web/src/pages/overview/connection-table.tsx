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
      head={[t('connection'), t('result'), t('lastSuccess'), t('lastAttempt')]}
      rows={connections.map(({ name, subdomain, lastSuccess, lastAttempt, running }) => ({
        key: name,
        cells: [
          `${name} (${subdomain})`,
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
        ],
      }))}
    />
  );
}
