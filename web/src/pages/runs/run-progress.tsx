import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { RunDetails } from '../../../../src/contract/runs.ts';
import { ProgressTrack } from '../../parts/progress-track.tsx';
import { secondsLeft, shareOf } from '../../runs/run-share.ts';
import type { Formats } from '../../time/formats.ts';
import { now } from '../../time/now.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './run-progress.module.css';
import type { Following } from './use-run-events.ts';

type RunProgressProps = { readonly run: RunDetails; readonly following: Following };

/** A run that goes on: how far it is, what it reads, and how long it still takes. */
export function RunProgress({ run, following }: RunProgressProps) {
  const { t } = useTranslation('runs', { keyPrefix: 'progress' });
  const formats = useFormats();
  const { progress, state } = run;
  const { budget, isBroken } = following;
  const share = shareOf(run);
  const left = state === 'running' ? secondsLeft(run, now()) : null;
  const isWaiting = progress !== null && progress.waitingMilliseconds > 0;
  const facts = [
    [
      'pages',
      progress === null || progress.pages === 0
        ? null
        : t('of', { done: formats.number(progress.pagesDone), all: formats.number(progress.pages) }),
    ],
    ['records', progress === null ? null : formats.number(progress.records)],
    [
      'requests',
      budget === null
        ? null
        : t('of', {
            done: formats.number(budget.requestsLeft),
            all: formats.number(budget.requestsPerMinute),
          }),
    ],
    ['left', left === null ? t('leftUnknown') : formats.seconds(left)],
  ] as const;
  return (
    <section className={classes.panel} aria-label={t('title')}>
      <p className={classes.step} role="status">
        {state === 'queued' ? t('queued') : stepText(progress?.step ?? 'Starting', t, formats)}
        {isWaiting ? (
          <span className={classes.soft}>
            {' · '}
            {t('waiting', { time: formats.seconds(Math.ceil(progress.waitingMilliseconds / 1000)) })}
          </span>
        ) : null}
      </p>
      <ProgressTrack label={t('title')} share={share} />
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.hint}>{t(isBroken ? 'broken' : 'leave')}</p>
    </section>
  );
}

/** What the run is at, in the reader's words: the server tells dates, or a word of its own. */
function stepText(step: string, t: TFunction<'runs', 'progress'>, formats: Formats): string {
  const found = [...step.matchAll(/\d{4}-\d{2}-\d{2}/g)].map(([date]) => formats.shortDate(date));
  const dates = found.join(' – ');
  if (dates !== '') return step.includes('(again') ? t('datesAgain', { dates }) : t('dates', { dates });
  return step === 'People' ? t('people') : t('starting');
}
