import { Button, Switch, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link, LinkDecision } from '../../../../src/contract/links.ts';
import type { Answer } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { EmployeePicker } from '../../directory/employee-picker.tsx';
import type { PickedEmployee } from '../../directory/picked-employee.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import classes from './link-by-hand.module.css';
import { LinkEffects } from './link-effects.tsx';
import type { Person } from './link-facts.ts';
import { useNameOf } from './link-row.tsx';
import { PersonPicker } from './person-picker.tsx';
import { type Decisions, useDecisionFaults } from './use-decisions.ts';

type LinkByHandProps = {
  readonly connection: string;
  readonly link: Link;
  readonly decisions: Decisions;
  readonly onClose: () => void;
};

/** Links by search, with dates where it takes them. What it would do is shown before it is done. */
export function LinkByHand({ connection, link, decisions, onClose }: LinkByHandProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const nameOf = useNameOf();
  const [employee, setEmployee] = useState<PickedEmployee | null>(
    link.person === null ? link.employee : null,
  );
  const [person, setPerson] = useState<Person | null>(link.person);
  const [days, setDays] = useState<Days>({ from: '', to: '', allowSecond: false });
  const decision: LinkDecision | null =
    person === null || employee === null
      ? null
      : {
          kind: 'link',
          person: person.guid,
          employee: employee.id,
          validFrom: days.from || null,
          validTo: days.to || null,
          ...(days.allowSecond ? { allowSecond: true } : {}),
        };
  const preview = useQuery({
    ...questionOf('POST /api/v1/connections/:id/links/preview', {
      params: { id: connection },
      query: {},
      body: { decisions: decision === null ? [] : [decision] },
    }),
    enabled: decision !== null,
  });
  const submit = () => {
    if (decision === null || !preview.isSuccess) return;
    decisions.decide.mutate([decision]);
    onClose();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('byHandTitle', { name: nameOf(link) })}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {link.person === null ? (
          <PersonPicker connection={connection} label={t('person')} value={person} onPick={setPerson} />
        ) : (
          <EmployeePicker label={t('employee')} value={employee} onPick={setEmployee} hasFocus />
        )}
        <DayFields days={days} onChange={setDays} />
        <Outcome error={preview.error} effects={decision === null ? undefined : preview.data?.effects} />
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {tDirectory('cancel')}
          </Button>
          <Button type="submit" disabled={decision === null || !preview.isSuccess}>
            {t('link')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

type Days = { readonly from: string; readonly to: string; readonly allowSecond: boolean };
type DayFieldsProps = { readonly days: Days; readonly onChange: (days: Days) => void };

/** On which days the person stands for the employee, and whether alone. */
function DayFields({ days, onChange }: DayFieldsProps) {
  const { t } = useTranslation('links');
  return (
    <details>
      <summary>{t('someDays')}</summary>
      <div className={classes.days}>
        <TextInput
          type="date"
          label={t('from')}
          value={days.from}
          onChange={({ currentTarget: { value } }) => onChange({ ...days, from: value })}
        />
        <TextInput
          type="date"
          label={t('to')}
          value={days.to}
          onChange={({ currentTarget: { value } }) => onChange({ ...days, to: value })}
        />
      </div>
      <Switch
        mt="sm"
        label={t('second')}
        checked={days.allowSecond}
        onChange={({ currentTarget: { checked } }) => onChange({ ...days, allowSecond: checked })}
      />
    </details>
  );
}

type OutcomeProps = {
  readonly error: unknown;
  readonly effects: Answer<'POST /api/v1/connections/:id/links/preview'>['effects'] | undefined;
};

/** What the link would do, or why it cannot be made. */
function Outcome({ error, effects }: OutcomeProps) {
  const { t } = useTranslation('links');
  const faults = useDecisionFaults()(error);
  if (error === null) return effects === undefined ? null : <LinkEffects effects={effects} />;
  if (faults.length === 0) return <Failure error={error} title={t('decideFailed')} />;
  return faults.map((fault) => <Notice key={fault} tone="danger" text={fault} isLive />);
}
