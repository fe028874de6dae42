import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Retention } from '../../../../../src/contract/privacy.ts';
import { ask } from '../../../api/ask.ts';
import { Failure } from '../../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../../parts/form/faults-of.ts';
import { FormSection } from '../../../parts/form/form-section.tsx';
import { onlyFaults } from '../../../parts/form/use-field-checks.ts';
import { LeaveGuard } from '../../../parts/leave-guard.tsx';
import { Notice } from '../../../parts/notice.tsx';
import classes from '../dialog-form.module.css';

const names = ['rawRecordDays', 'revisionDays', 'runDays', 'auditDays'] as const;
type Values = Readonly<Record<(typeof names)[number], string>>;

const toValues = (retention: Retention): Values => ({
  rawRecordDays: String(retention.rawRecordDays),
  revisionDays: String(retention.revisionDays),
  runDays: String(retention.runDays),
  auditDays: String(retention.auditDays),
});

export function RetentionForm({ retention }: { readonly retention: Retention }) {
  const { t } = useTranslation('organisation');
  const queries = useQueryClient();
  const form = useForm<Values>({
    initialValues: toValues(retention),
    validate: (values) =>
      onlyFaults(
        Object.fromEntries(
          names.map((name) => [name, /^\d{1,6}$/.test(values[name].trim()) ? undefined : t('whole')]),
        ),
      ),
  });
  const save = useMutation({
    mutationFn: ({ rawRecordDays, revisionDays, runDays, auditDays }: Values) =>
      ask('PATCH /api/v1/retention', {
        query: {},
        body: {
          rawRecordDays: Number(rawRecordDays),
          revisionDays: Number(revisionDays),
          runDays: Number(runDays),
          auditDays: Number(auditDays),
        },
      }),
    onSuccess: async (changed) => {
      form.setInitialValues(toValues(changed));
      form.setValues(toValues(changed));
      await queries.invalidateQueries();
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      focusFirstFault();
    },
  });
  const isDirty = form.isDirty();
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => save.mutate(values), focusFirstFault)}
      aria-label={t('keep')}
    >
      <LeaveGuard isActive={isDirty} />
      <FormSection title={t('keep')} hint={t('keepHint')}>
        {names.map((name) => (
          <TextInput
            key={name}
            label={t(name)}
            inputMode="numeric"
            maxLength={6}
            maw="16rem"
            {...form.getInputProps(name)}
          />
        ))}
      </FormSection>
      {save.isSuccess && !isDirty ? <Notice tone="success" text={t('saved')} isLive /> : null}
      {save.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={save.error} title={t('failedSave')} />
      )}
      <div>
        <Button type="submit" loading={save.isPending} disabled={!isDirty}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
