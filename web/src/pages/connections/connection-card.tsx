import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import type { ScheduleStatus } from '../../../../src/contract/schedules.ts';
import { Facts } from '../../parts/facts.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { RunStateChip } from '../../runs/run-state-chip.tsx';
import { useStartRun } from '../../runs/use-start-run.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './connection-card.module.css';
import { KeyExpiry } from './key-expiry.tsx';
import { RemoveConnection } from './remove-connection.tsx';
import { TestPanel } from './test-panel.tsx';
import { useConnectionTest } from './use-connection-test.ts';

type ConnectionCardProps = {
  readonly connection: Connection;
  readonly schedule: ScheduleStatus;
  readonly zone: string;
};

/** One connection: facts that are never mixed up, and what can be done. */
export function ConnectionCard({ connection, schedule, zone }: ConnectionCardProps) {
  const { t } = useTranslation('connections');
  const test = useConnectionTest();
  const start = useStartRun();
  const { id, name } = connection;
  const { activeRun } = schedule;
  const fetchNow = () => start.mutate({ connection: id });
  const look = { variant: 'default', size: 'xs' } as const;
  return (
    <section className={classes.card} aria-labelledby={`connection-${id}`}>
      <div className={classes.head}>
        <h2 id={`connection-${id}`} className={classes.name}>
          {name}
        </h2>
        <div className={classes.actions}>
          {activeRun === null ? (
            <Button {...look} loading={start.isPending} onClick={fetchNow}>
              {t('fetchNow')}
            </Button>
          ) : (
            <LinkButton to="/runs/$run" params={{ run: activeRun }} {...look}>
              {t('watch')}
            </LinkButton>
          )}
          <Button
            {...look}
            loading={test.state.phase === 'running'}
            onClick={() => test.start({ connection: id })}
          >
            {t('form.test')}
          </Button>
          <LinkButton to="/connections/$connection" params={{ connection: id }} {...look}>
            {t('change')}
          </LinkButton>
          <LinkButton to="/connections/$connection/backfills" params={{ connection: id }} {...look}>
            {t('older')}
          </LinkButton>
          <RemoveConnection connection={connection} />
        </div>
      </div>
      {start.error === null ? null : (
        <Failure error={start.error} title={t('fetchFailed')} onRetry={fetchNow} />
      )}
      <TestPanel test={test.state} isStale={false} onRetry={() => test.start({ connection: id })} />
      <div className={classes.facts}>
        <Standing schedule={schedule} zone={zone} />
        <Settings connection={connection} zone={zone} />
      </div>
    </section>
  );
}

/** Five facts, because one "last sync" would hide a failure. */
function Standing({ schedule, zone }: Pick<ConnectionCardProps, 'schedule' | 'zone'>) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const { lastSuccess, lastAttempt, nextDueAt, plannedRetry, readUpTo, dataAsOf, autoRun } = schedule;
  return (
    <Facts
      facts={[
        [
          t('fact.lastSuccess'),
          lastSuccess === null ? (
            t('never')
          ) : (
            <>
              <Moment instant={lastSuccess.at} zone={zone} />{' '}
              <Link to="/runs/$run" params={{ run: lastSuccess.run }}>
                {t('seeRun')}
              </Link>
            </>
          ),
        ],
        [
          t('fact.lastAttempt'),
          lastAttempt === null ? (
            t('never')
          ) : (
            <>
              <Moment instant={lastAttempt.at} zone={zone} />{' '}
              <Link to="/runs/$run" params={{ run: lastAttempt.run }} className={classes.chip}>
                {lastAttempt.state === null ? t('seeRun') : <RunStateChip state={lastAttempt.state} />}
              </Link>
            </>
          ),
        ],
        [
          t('fact.nextDue'),
          <>
            {!autoRun ? t('off') : nextDueAt === null ? '–' : <Moment instant={nextDueAt} zone={zone} />}
            {plannedRetry === null ? null : (
              <>
                {' · '}
                {t('retry', { time: formats.moment(plannedRetry.at, zone) })}
              </>
            )}
          </>,
        ],
        [
          t('fact.readUpTo'),
          readUpTo === null || dataAsOf === null ? (
            t('notYet')
          ) : (
            <>
              {formats.date(readUpTo)} · {t('readAt', { time: formats.moment(dataAsOf, zone) })}
            </>
          ),
        ],
        [
          t('fact.blocked'),
          schedule.blockedBy === null ? null : t('blocked', { reason: schedule.blockedBy }),
        ],
      ]}
    />
  );
}

function Settings({ connection, zone }: Pick<ConnectionCardProps, 'connection' | 'zone'>) {
  const { t } = useTranslation('connections');
  const { host, identificationKey, secrets, keyExpiresOn } = connection;
  const ending = secrets.ending ?? '';
  return (
    <Facts
      facts={[
        [t('fact.address'), `https://${host}`],
        [t('fact.key'), t(`key.${identificationKey}`)],
        [
          t('fact.secrets'),
          secrets.state === 'needed_again'
            ? t('secretsNeeded')
            : ending === ''
              ? t('secretsSet')
              : t('secretsEnding', { ending }),
        ],
        [t('fact.expires'), <KeyExpiry key="expiry" date={keyExpiresOn} zone={zone} />],
      ]}
    />
  );
}
