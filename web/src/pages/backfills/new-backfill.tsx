import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { FormSection } from '../../parts/form/form-section.tsx';
import { Notice } from '../../parts/notice.tsx';
import { now } from '../../time/now.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './backfills.module.css';

type NewBackfillProps = { readonly connection: string; readonly zone: string };

/** A range, with what it would take as soon as both dates are there. */
export function NewBackfill({ connection, zone }: NewBackfillProps) {
  const { t } = useTranslation('backfills');
  const queries = useQueryClient();
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const today = now().toZonedDateTimeISO(zone).toPlainDate().toString();
  const fault =
    to !== '' && to > today ? t('future') : from !== '' && to !== '' && to < from ? t('order') : null;
  const isWhole = from !== '' && to !== '' && fault === null;
  const asked = { params: { id: connection }, query: {}, body: { from, to } };
  const estimate = useQuery({
    ...questionOf('POST /api/v1/connections/:id/backfills/estimate', asked),
    enabled: isWhole,
    placeholderData: keepPreviousData,
  });
  const start = useMutation({
    mutationFn: () => ask('POST /api/v1/connections/:id/backfills', asked),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole) start.mutate();
      }}
    >
      <FormSection title={t('newTitle')}>
        <div className={classes.dates}>
          <TextInput
            type="date"
            label={t('from')}
            max={today}
            value={from}
            onChange={({ currentTarget: { value } }) => setFrom(value)}
          />
          <TextInput
            type="date"
            label={t('to')}
            max={today}
            value={to}
            onChange={({ currentTarget: { value } }) => setTo(value)}
            error={fault}
          />
        </div>
        <div className={classes.estimate} aria-live="polite">
          {isWhole && estimate.data !== undefined ? <Estimate estimate={estimate.data} /> : null}
        </div>
        {estimate.error === null ? null : <Failure error={estimate.error} title={t('startFailed')} />}
        {start.error === null ? null : <Failure error={start.error} title={t('startFailed')} />}
        <div>
          <Button type="submit" disabled={!isWhole} loading={start.isPending}>
            {t('start')}
          </Button>
        </div>
      </FormSection>
    </form>
  );
}

type EstimateProps = {
  readonly estimate: Answer<'POST /api/v1/connections/:id/backfills/estimate'>;
};

function Estimate({ estimate: { parts, requests, minutes, tooOld } }: EstimateProps) {
  const { t } = useTranslation('backfills');
  const formats = useFormats();
  return (
    <>
      <p>
        {[
          t('estimate', { count: parts }),
          requests === null ? null : t('requests', { count: requests }),
          minutes === null ? null : t('time', { time: formats.seconds(Math.ceil(minutes * 60)) }),
        ]
          .filter((one) => one !== null)
          .join(' · ')}
      </p>
      {requests === null ? <p>{t('unknown')}</p> : null}
      {tooOld === null ? null : (
        <Notice
          tone="warning"
          text={t('tooOld', {
            from: formats.dateOfYear(tooOld.from),
            to: formats.dateOfYear(tooOld.to),
          })}
        />
      )}
    </>
  );
}
