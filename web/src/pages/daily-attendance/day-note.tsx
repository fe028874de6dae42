import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DailyRow } from '../../../../src/contract/daily-report.ts';
import { ask } from '../../api/ask.ts';
import { Facts } from '../../parts/facts.tsx';
import { Failure } from '../../parts/failure.tsx';
import { useMay } from '../../session/session.ts';
import classes from './day-details.module.css';

const statuses = ['present', 'half_day', 'absent', 'on_leave', 'weekly_off', 'holiday'] as const;
type NotedStatus = (typeof statuses)[number];

/** What the company says of the day, and for whoever may, the way to say something. */
export function DayNote({ row }: { readonly row: DailyRow }) {
  const { t } = useTranslation('daily');
  const { t: word } = useTranslation('attendance');
  const mayNote = useMay()('correct attendance') && row.employeeId !== null;
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {row.note === null ? null : (
        <Facts
          title={t('drawer.note')}
          facts={[
            [t('drawer.noteText'), row.note],
            [t('drawer.noteBy'), row.notedBy],
            [t('drawer.recordedStatus'), word(`status.${row.recordedStatus}`)],
          ]}
        />
      )}
      {mayNote && !isOpen ? (
        <div>
          <Button variant="default" size="xs" onClick={() => setOpen(true)}>
            {row.note === null ? t('drawer.addNote') : t('drawer.changeNote')}
          </Button>
        </div>
      ) : null}
      {mayNote && isOpen ? (
        <NoteForm row={row} employee={row.employeeId ?? ''} onDone={() => setOpen(false)} />
      ) : null}
    </>
  );
}

type NoteFormProps = { readonly row: DailyRow; readonly employee: string; readonly onDone: () => void };

function NoteForm({ row: { date, note: before }, employee, onDone }: NoteFormProps) {
  const { t } = useTranslation('daily');
  const { t: word } = useTranslation('attendance');
  const queries = useQueryClient();
  const [note, setNote] = useState(before ?? '');
  const [status, setStatus] = useState<NotedStatus | ''>('');
  const onSuccess = async () => {
    await queries.invalidateQueries();
    onDone();
  };
  const save = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/day-notes', {
        query: {},
        body: { employee, date, note: note.trim(), status: status === '' ? null : status },
      }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE /api/v1/day-notes', { query: { employee, date } }),
    onSuccess,
  });
  const error = save.error ?? remove.error;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={classes.note} onSubmit={submit} aria-label={t('drawer.note')}>
      <NativeSelect
        label={t('drawer.countsAs')}
        value={status}
        data={[
          { value: '', label: t('drawer.asRecorded') },
          ...statuses.map((value) => ({ value, label: word(`status.${value}`) })),
        ]}
        onChange={(event) => setStatus(statuses.find((one) => one === event.currentTarget.value) ?? '')}
      />
      <Textarea
        label={t('drawer.why')}
        maxLength={1000}
        autosize
        minRows={2}
        required
        withAsterisk={false}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} title={t('drawer.failedNote')} />}
      <div className={classes.actions}>
        <Button type="submit" size="xs" loading={save.isPending} disabled={note.trim() === ''}>
          {t('drawer.saveNote')}
        </Button>
        {before === null ? null : (
          <Button size="xs" variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('drawer.removeNote')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onDone}>
          {t('drawer.cancel')}
        </Button>
      </div>
    </form>
  );
}
