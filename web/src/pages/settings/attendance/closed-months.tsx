import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MonthLock } from '../../../../../src/contract/month-locks.ts';
import { ask } from '../../../api/ask.ts';
import { Failure } from '../../../parts/failure.tsx';
import { FormSection } from '../../../parts/form/form-section.tsx';
import { ItemList } from '../../../parts/item-list.tsx';
import { useMay } from '../../../session/session.ts';
import { DriftList } from './drift-list.tsx';

export function ClosedMonths({ locks }: { readonly locks: readonly MonthLock[] }) {
  const { t } = useTranslation('rules');
  const queries = useQueryClient();
  const mayChange = useMay()('manage attendance rules');
  const [shown, setShown] = useState<string | null>(null);
  const unlock = useMutation({
    mutationFn: (month: string) => ask('DELETE /api/v1/month-locks/:month', { params: { month }, query: {} }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <FormSection title={t('months')} hint={t('monthsHint')}>
      {locks.length === 0 ? (
        <p>{t('noMonths')}</p>
      ) : (
        <ItemList
          label={t('months')}
          items={locks.map(({ month, lockedBy, drift }) => ({
            key: month,
            title: month,
            details: [
              t('lockedBy', { name: lockedBy }),
              drift === 0 ? t('noDrift') : t('otherwise', { count: drift }),
            ],
            actions: (
              <>
                {drift === 0 ? null : (
                  <Button variant="default" size="xs" onClick={() => setShown(month)}>
                    {t('show')}
                  </Button>
                )}
                {mayChange ? (
                  <Button variant="default" size="xs" onClick={() => unlock.mutate(month)}>
                    {t('unlock')}
                  </Button>
                ) : null}
              </>
            ),
          }))}
        />
      )}
      {unlock.error === null ? null : <Failure error={unlock.error} title={t('failedUnlock')} />}
      {shown === null ? null : <DriftList month={shown} mayAccept={mayChange} />}
      {mayChange ? <LockMonth /> : null}
    </FormSection>
  );
}

function LockMonth() {
  const { t } = useTranslation('rules');
  const queries = useQueryClient();
  const [month, setMonth] = useState(lastMonth);
  const [acceptGaps, setAcceptGaps] = useState(false);
  const lock = useMutation({
    mutationFn: () => ask('POST /api/v1/month-locks', { query: {}, body: { month, acceptGaps } }),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        lock.mutate();
      }}
    >
      <TextInput
        type="month"
        label={t('month')}
        maw="12rem"
        value={month}
        onChange={(event) => setMonth(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        my="sm"
        label={t('gaps')}
        checked={acceptGaps}
        onChange={(event) => setAcceptGaps(event.currentTarget.checked)}
      />
      {lock.error === null ? null : <Failure error={lock.error} title={t('failedLock')} />}
      <Button type="submit" variant="default" loading={lock.isPending} disabled={month === ''}>
        {t('lock')}
      </Button>
    </form>
  );
}

function lastMonth(): string {
  return Temporal.Now.plainDateISO().toPlainYearMonth().subtract({ months: 1 }).toString();
}
