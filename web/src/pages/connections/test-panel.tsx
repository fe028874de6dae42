import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTestStep } from '../../../../src/contract/connections.ts';
import { Failure } from '../../parts/failure.tsx';
import { Mark, type MarkShape } from '../../parts/mark.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { useProblemWords } from '../../words/use-problem-words.ts';
import { stepMessage } from './step-message.ts';
import classes from './test-panel.module.css';
import type { ConnectionTestState } from './use-connection-test.ts';

type TestPanelProps = {
  readonly test: ConnectionTestState;
  /** Whether the form says something else by now. */
  readonly isStale: boolean;
  readonly onRetry: () => void;
};

const names = ['name', 'sign_in', 'attendance', 'employees', 'matching'] as const;

const marks: Readonly<Record<ConnectionTestStep['outcome'] | 'waiting' | 'running', MarkShape>> = {
  waiting: 'dotted',
  running: 'clock',
  passed: 'tick',
  failed: 'cross',
  warned: 'triangle',
  skipped: 'dash',
};

/** The steps of a test as they happen; one that fails says what to do. */
export function TestPanel({ test, isStale, onRetry }: TestPanelProps) {
  const { t } = useTranslation('connections', { keyPrefix: 'test' });
  const { phase, steps, passed, error } = test;
  const end = useRef<HTMLDivElement>(null);
  // Whoever asked for it looks on, wherever the form was scrolled to.
  useEffect(() => {
    if (phase !== 'idle' || steps.length > 0) end.current?.scrollIntoView({ block: 'nearest' });
  }, [phase, steps]);
  if (phase === 'idle') return null;
  return (
    <section className={classes.panel} aria-label={t('title')} data-stale={isStale}>
      {isStale ? <p className={classes.stale}>{t('stale')}</p> : null}
      <ol className={classes.steps}>
        {names.map((name, place) => (
          <TestStepLine
            key={name}
            name={name}
            step={steps.find((one) => one.name === name)}
            isNext={phase === 'running' && place === steps.length}
          />
        ))}
      </ol>
      <div role="status" className={classes.result} ref={end}>
        {phase === 'ended' ? (
          <p data-passed={passed}>
            <Mark shape={passed ? 'tick' : 'cross'} /> {t(passed ? 'passed' : 'failed')}
          </p>
        ) : null}
        {phase === 'stopped' ? <p>{t('stopped')}</p> : null}
        {phase === 'broken' ? <Failure error={error} title={t('broken')} onRetry={onRetry} /> : null}
      </div>
    </section>
  );
}

type TestStepLineProps = {
  readonly name: ConnectionTestStep['name'];
  readonly step: ConnectionTestStep | undefined;
  readonly isNext: boolean;
};

function TestStepLine({ name, step, isNext }: TestStepLineProps) {
  const { t, i18n } = useTranslation('connections');
  const formats = useFormats();
  const problemWords = useProblemWords();
  const state = step?.outcome ?? (isNext ? 'running' : 'waiting');
  const code = step?.code ?? null;
  const words = step === undefined || code === null ? null : problemWords(code, step);
  return (
    <li className={classes.step} data-state={state}>
      <span className={classes.mark}>
        <Mark shape={marks[state]} />
      </span>
      <div>
        <p className={classes.name}>
          {t(`test.step.${name}`)} <span className={classes.state}>{t(`test.state.${state}`)}</span>
        </p>
        {step === undefined ? null : <p>{stepMessage(step, t, formats, i18n.language, words)}</p>}
        {words === null || code === null ? null : (
          <p className={classes.todo}>
            {t('test.whatToDo')}: {words.whatToDo}{' '}
            <Link to="/problems/$code" params={{ code }} target="_blank" rel="noreferrer">
              {t('test.more')}
            </Link>
          </p>
        )}
      </div>
    </li>
  );
}
