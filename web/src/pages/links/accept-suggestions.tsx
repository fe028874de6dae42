import { Button, Checkbox, NativeSelect, Skeleton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LinkSuggestion } from '../../../../src/contract/links.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './link-by-hand.module.css';
import { decisionOf } from './link-facts.ts';
import { type Decisions, useDecisionFaults } from './use-decisions.ts';

const reasons = ['same_key', 'same_email', 'same_name_and_joining_date', 'near_code'] as const;
const atMost = 1000;

type AcceptSuggestionsProps = {
  readonly connection: string;
  readonly decisions: Decisions;
  readonly onClose: () => void;
};

/** Many links at once: first who, then what it would change, then all of them or none. */
export function AcceptSuggestions({ connection, decisions, onClose }: AcceptSuggestionsProps) {
  const { t } = useTranslation('links');
  const [reason, setReason] = useState<(typeof reasons)[number]>();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { data, error, refetch } = useQuery(
    questionOf('GET /api/v1/connections/:id/links/suggestions', {
      params: { id: connection },
      query: { reason, limit: atMost },
    }),
  );
  const chosen = (data?.rows ?? []).filter(({ person }) => !left.has(person.guid));
  const preview = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/connections/:id/links/preview', {
        params: { id: connection },
        query: {},
        body: { decisions: chosen.map(decisionOf) },
      }),
  });
  const accept = () => {
    decisions.decide.mutate(chosen.map(decisionOf));
    onClose();
  };
  const isPreviewed = preview.data !== undefined;
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={t(isPreviewed ? 'previewTitle' : 'acceptTitle')}>
      {error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : isPreviewed ? (
        <PreviewStep effects={preview.data.effects} onBack={() => preview.reset()} onAccept={accept} />
      ) : (
        <>
          <p>{t('acceptText')}</p>
          <NativeSelect
            label={t('acceptReason')}
            maw="20rem"
            value={reason ?? ''}
            onChange={({ currentTarget: { value } }) => setReason(reasons.find((one) => one === value))}
            data={[
              { value: '', label: t('anyReason') },
              ...reasons.map((value) => ({ value, label: t(`reason.${value}`) })),
            ]}
          />
          {data === undefined ? (
            <Skeleton height={200} />
          ) : (
            <Choices
              suggestions={data.rows}
              left={left}
              onToggle={(guid) => setLeft(new Set([guid]).symmetricDifference(left))}
            />
          )}
          <PreviewFault error={preview.error} />
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              {t('back')}
            </Button>
            <Button
              disabled={chosen.length === 0}
              loading={preview.isPending}
              onClick={() => preview.mutate()}
            >
              {t('preview')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

function PreviewFault({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('links');
  const [fault] = useDecisionFaults()(error);
  if (error === null) return null;
  return fault === undefined ? (
    <Failure error={error} title={t('decideFailed')} />
  ) : (
    <Notice tone="danger" text={fault} isLive />
  );
}

type ChoicesProps = {
  readonly suggestions: readonly LinkSuggestion[];
  /** Who is not to be linked, by Keka's id. */
  readonly left: ReadonlySet<string>;
  readonly onToggle: (guid: string) => void;
};

function Choices({ suggestions, left, onToggle }: ChoicesProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  if (suggestions.length === 0) return <Notice text={t('noSuggestion')} />;
  return (
    <ul className={classes.list} aria-label={t('suggestions')}>
      {suggestions.map(({ person, employee, reasons: why }) => (
        <li key={person.guid} className={classes.item}>
          <Checkbox
            aria-label={t('linkTo', { person: person.name ?? person.key ?? '', employee: employee.name })}
            checked={!left.has(person.guid)}
            onChange={() => onToggle(person.guid)}
          />
          <span>
            {person.name ?? tDirectory('noName')}{' '}
            <span className={classes.soft}>{person.key ?? person.email}</span>
          </span>
          <span>
            {employee.name} <span className={classes.soft}>{employee.employeeId}</span>
          </span>
          <span className={classes.soft}>{why.map((one) => t(`reason.${one}`)).join(', ')}</span>
        </li>
      ))}
    </ul>
  );
}

type PreviewStepProps = {
  readonly effects: readonly {
    readonly person: LinkSuggestion['person'] | null;
    readonly to: LinkSuggestion['employee'] | null;
    readonly days: number;
  }[];
  readonly onBack: () => void;
  readonly onAccept: () => void;
};

function PreviewStep({ effects, onBack, onAccept }: PreviewStepProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const formats = useFormats();
  const days = effects.reduce((sum, effect) => sum + effect.days, 0);
  return (
    <>
      <p>{t('previewSum', { count: days, people: t('people', { count: effects.length }) })}</p>
      <ul className={classes.list} aria-label={t('previewTitle')}>
        {effects.map(({ person, to, days: ofOne }) => (
          <li key={person?.guid ?? to?.id} className={classes.item}>
            <span aria-hidden="true">→</span>
            <span>{person?.name ?? person?.key ?? tDirectory('noName')}</span>
            <span>
              {to?.name} <span className={classes.soft}>{to?.employeeId}</span>
            </span>
            <span className={classes.soft}>
              {t('daysOf')}: {formats.number(ofOne)}
            </span>
          </li>
        ))}
      </ul>
      <DialogActions>
        <Button variant="default" onClick={onBack}>
          {t('back')}
        </Button>
        <Button onClick={onAccept}>{t('accept', { count: effects.length })}</Button>
      </DialogActions>
    </>
  );
}
