import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { PasswordField } from '../../parts/form/password-field.tsx';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import classes from './account.module.css';

type PasswordStepProps = {
  readonly submit: string;
  readonly isDangerous?: boolean;
  /** Does it; what it throws is shown. */
  readonly onSubmit: (password: string) => Promise<unknown>;
  readonly onCancel: () => void;
};

/** Whoever finds an open browser does not change the ways in: the password is asked for again. */
export function PasswordStep({ submit, isDangerous = false, onSubmit, onCancel }: PasswordStepProps) {
  const { t } = useTranslation('account');
  const checks = useFieldChecks();
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => onlyFaults({ password: checks.needed(password, t('password')) }),
  });
  const step = useMutation({
    mutationFn: ({ password }: { readonly password: string }) => onSubmit(password),
    onError: (error) => {
      if ('password' in faultsOf(error)) form.setErrors({ password: t('notYours') });
      focusFirstFault();
    },
  });
  return (
    <form
      className={classes.dialogForm}
      noValidate
      onSubmit={form.onSubmit((values) => step.mutate(values), focusFirstFault)}
    >
      <p>{t('factor.enterPassword')}</p>
      <PasswordField
        kind="current"
        label={t('password')}
        data-autofocus
        {...form.getInputProps('password')}
      />
      {step.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={step.error} title={t('failed')} />
      )}
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
        <Button type="submit" loading={step.isPending} {...(isDangerous ? { color: 'red' } : {})}>
          {submit}
        </Button>
      </DialogActions>
    </form>
  );
}
