import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { focusFirstFault } from '../../../parts/form/faults-of.ts';
import classes from '../dialog-form.module.css';
import { minuteFields, scopes } from './policy-values.ts';
import { PreviewTable } from './preview-table.tsx';
import { usePolicyForm } from './use-policy-form.ts';

type NewPolicyFormProps = { readonly onMade: () => void; readonly onCancel: () => void };

/** Asks what the policy is, and shows what it would have made of last month before it is saved. */
export function NewPolicyForm({ onMade, onCancel }: NewPolicyFormProps) {
  const { t } = useTranslation('rules', { keyPrefix: 'form' });
  const { t: rules } = useTranslation('rules');
  const { form, make, preview } = usePolicyForm(onMade);
  const hasFaults = Object.keys(form.errors).length > 0;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit((values) => make.mutate(values), focusFirstFault)}
    >
      <NativeSelect
        label={t('scope')}
        data={scopes.map((scope) => ({ value: scope, label: rules(`scope.${scope}`) }))}
        data-autofocus
        {...form.getInputProps('scope')}
      />
      {form.values.scope === 'organisation' ? null : (
        <TextInput
          label={t('subject')}
          description={t('subjectHint')}
          maxLength={300}
          {...form.getInputProps('subject')}
        />
      )}
      <TextInput type="date" label={t('from')} maw="12rem" {...form.getInputProps('from')} />
      {minuteFields.map((field) => (
        <TextInput
          key={field}
          label={t(field)}
          inputMode="numeric"
          maxLength={4}
          placeholder={field === 'lateGrace' || field === 'earlyOutGrace' ? '0' : t('optional')}
          {...form.getInputProps(field)}
        />
      ))}
      {make.error === null || hasFaults ? null : <Failure error={make.error} title={t('failed')} />}
      {preview.error === null || hasFaults ? null : (
        <Failure error={preview.error} title={t('failedPreview')} />
      )}
      {preview.data === undefined ? null : <PreviewTable preview={preview.data} />}
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button
          variant="default"
          loading={preview.isPending}
          onClick={() => {
            if (form.validate().hasErrors) focusFirstFault();
            else preview.mutate(form.getValues());
          }}
        >
          {t('preview')}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t('make')}
        </Button>
      </DialogActions>
    </form>
  );
}
