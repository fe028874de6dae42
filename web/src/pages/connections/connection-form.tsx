import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { Failure } from '../../parts/failure.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import { CompanyFields } from './company-fields.tsx';
import classes from './connection-form.module.css';
import { isSame, toDraft } from './form-values.ts';
import { IdentificationKeyField } from './identification-key-field.tsx';
import { MoreFields } from './more-fields.tsx';
import type { PlanOf } from './plan-cost.tsx';
import { ScheduleFields } from './schedule-fields.tsx';
import { SecretFields } from './secret-fields.tsx';
import { TestPanel } from './test-panel.tsx';
import type { ConnectionForm as FormState } from './use-connection-form.ts';
import { useConnectionTest } from './use-connection-test.ts';

type ConnectionFormProps = {
  readonly form: FormState;
  /** What is stored; null for a new one. */
  readonly connection: Connection | null;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  /** Whether what was typed is on its way into the database: then it may be left. */
  readonly mayLeave: boolean;
  readonly children?: ReactNode;
};

export function ConnectionForm(props: ConnectionFormProps) {
  const { form, connection, isSaving, error, onSave, mayLeave, children } = props;
  const { t } = useTranslation('connections');
  const test = useConnectionTest();
  const draft = toDraft(form.values, connection);
  const samples = test.state.steps.find(({ name }) => name === 'matching')?.keys ?? null;
  const people = test.state.steps.find(({ name }) => name === 'attendance')?.facts['count'];
  const planOf: PlanOf =
    connection === null
      ? {
          people: typeof people === 'number' ? people : null,
          requestsPerMinute: Number(form.values.requestsPerMinute) || 0,
        }
      : { connection: connection.id };
  const startTest = () => {
    if (form.check()) test.start(draft);
  };
  const isTesting = test.state.phase === 'running';
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (form.check()) onSave();
      }}
    >
      <LeaveGuard isActive={form.isDirty && !mayLeave} />
      <SecretFields form={form} secrets={connection?.secrets ?? null} />
      <CompanyFields form={form} isNew={connection === null} />
      <IdentificationKeyField connection={connection} form={form} samples={samples} />
      <ScheduleFields form={form} of={planOf} />
      <MoreFields form={form} />
      <TestPanel
        test={test.state}
        isStale={!isTesting && test.state.draft !== null && !isSame(test.state.draft, draft)}
        onRetry={startTest}
      />
      {children}
      {error === null ? null : <Failure error={error} title={t('form.failedSave')} onRetry={onSave} />}
      <div className={classes.bar}>
        <Button type="submit" loading={isSaving} disabled={connection !== null && !form.isDirty}>
          {t(connection === null ? 'form.saveAndFetch' : 'form.save')}
        </Button>
        {isTesting ? (
          <Button variant="default" onClick={test.stop}>
            {t('form.stop')}
          </Button>
        ) : (
          <Button variant="default" onClick={startTest}>
            {t(test.state.phase === 'idle' ? 'form.test' : 'form.testAgain')}
          </Button>
        )}
        {form.isDirty && connection !== null ? (
          <>
            <Button variant="subtle" onClick={form.reset}>
              {t('form.discard')}
            </Button>
            <span className={classes.unsaved}>{t('form.unsaved')}</span>
          </>
        ) : null}
      </div>
    </form>
  );
}
