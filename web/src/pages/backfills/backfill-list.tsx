import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Backfill } from '../../../../src/contract/backfills.ts';
import { ask } from '../../api/ask.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Mark } from '../../parts/mark.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ProgressTrack } from '../../parts/progress-track.tsx';
import { StateChip, type StateMark } from '../../parts/state-chip.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import classes from './backfills.module.css';

const marks: Readonly<Record<Backfill['state'], StateMark>> = {
  running: { tone: 'open', shape: 'clock' },
  paused: { tone: 'off', shape: 'dash' },
  finished: { tone: 'good', shape: 'tick' },
  failed: { tone: 'bad', shape: 'cross' },
  cancelled: { tone: 'off', shape: 'square' },
};

type BackfillListProps = {
  readonly backfills: readonly Backfill[];
  readonly zone: string;
  readonly maySteer: boolean;
};

/** The newest first. */
export function BackfillList({ backfills, zone, maySteer }: BackfillListProps) {
  const { t } = useTranslation('backfills');
  return (
    <section>
      <h2 className={classes.title}>{t('list')}</h2>
      <ul className={classes.list}>
        {backfills.map((backfill) => (
          <Item key={backfill.id} backfill={backfill} zone={zone} maySteer={maySteer} />
        ))}
      </ul>
    </section>
  );
}

type ItemProps = { readonly backfill: Backfill; readonly zone: string; readonly maySteer: boolean };

function Item({ backfill, zone, maySteer }: ItemProps) {
  const { t } = useTranslation('backfills');
  const formats = useFormats();
  const { from, to, state, days, daysDone } = backfill;
  const range = `${formats.dateOfYear(from)} – ${formats.dateOfYear(to)}`;
  const isOpen = state === 'running' || state === 'paused' || state === 'failed';
  return (
    <li className={classes.item}>
      <div className={classes.head}>
        <span className={classes.range}>{range}</span>
        <StateChip mark={marks[state]}>{t(`state.${state}`)}</StateChip>
        {maySteer && isOpen ? <Steering backfill={backfill} range={range} /> : null}
      </div>
      {isOpen ? <ProgressTrack label={range} share={days === 0 ? null : daysDone / days} /> : null}
      <Standing backfill={backfill} zone={zone} />
    </li>
  );
}

/** How far it is, and what keeps it. */
function Standing({ backfill, zone }: Pick<ItemProps, 'backfill' | 'zone'>) {
  const { t } = useTranslation('backfills');
  const formats = useFormats();
  const problemWords = useProblemWords();
  const { daysDone, days, daysMissing, left, nextDate, errorCode, retryAt, run, requestedAt } = backfill;
  const pieces = [
    t('done', { done: formats.number(daysDone), all: formats.number(days) }),
    daysMissing === 0 ? null : t('missing', { count: daysMissing }),
    left === null
      ? null
      : t('left', {
          requests: formats.number(left.requests),
          time: formats.seconds(Math.ceil(left.minutes * 60)),
        }),
    nextDate === null ? null : t('next', { date: formats.dateOfYear(nextDate) }),
    retryAt === null ? null : t('retry', { time: formats.moment(retryAt, zone) }),
  ].filter((one) => one !== null);
  return (
    <>
      <p className={classes.soft} aria-live="polite">
        {pieces.join(' · ')}
        {run === null ? null : (
          <>
            {' · '}
            <Link to="/runs/$run" params={{ run }}>
              {t('run')}
            </Link>
          </>
        )}
      </p>
      {errorCode === null ? null : (
        <p className={classes.fault}>
          <Mark shape="cross" />{' '}
          <Link to="/problems/$code" params={{ code: errorCode }}>
            {problemWords(errorCode, { title: errorCode.replaceAll('_', ' '), whatToDo: null }).title}
          </Link>
        </p>
      )}
      <p className={classes.soft}>
        {t('asked')} <Moment instant={requestedAt} zone={zone} />
      </p>
    </>
  );
}

function Steering({
  backfill: { id, state },
  range,
}: {
  readonly backfill: Backfill;
  readonly range: string;
}) {
  const { t } = useTranslation('backfills');
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const steer = useMutation({
    mutationFn: (steering: 'pause' | 'resume' | 'cancel') =>
      ask(`POST /api/v1/backfills/:id/${steering}`, { params: { id }, query: {} }),
    onSettled: () => queries.invalidateQueries(),
  });
  const look = { variant: 'default', size: 'xs' } as const;
  const named = (action: string) => ({ 'aria-label': t('of', { action, range }) });
  const other = state === 'running' ? 'pause' : 'resume';
  return (
    <div className={classes.actions}>
      <Button {...look} {...named(t(other))} loading={steer.isPending} onClick={() => steer.mutate(other)}>
        {t(other)}
      </Button>
      {state === 'failed' ? null : (
        <Button {...look} {...named(t('cancel'))} disabled={steer.isPending} onClick={() => setAsking(true)}>
          {t('cancel')}
        </Button>
      )}
      {steer.error === null ? null : <Failure error={steer.error} title={t('steerFailed')} />}
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('cancelTitle')}>
        <p>{t('cancelText')}</p>
        <DialogActions>
          <Button
            variant="default"
            onClick={() => {
              setAsking(false);
              steer.mutate('cancel');
            }}
          >
            {t('cancelNow')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('goOn')}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
