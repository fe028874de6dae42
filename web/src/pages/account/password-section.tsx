import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { PasswordField } from '../../parts/form/password-field.tsx';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { Notice } from '../../parts/notice.tsx';
import classes from './account.module.css';
import { AccountSection } from './account-section.tsx';

export function PasswordSection({ account }: { readonly account: Answer<'GET /api/v1/account'> }) {
  const { t } = useTranslation('account');
  const options = useQuery({
    ...questionOf('GET /api/v1/sign-in-options', {}),
    enabled: !account.hasPassword,
  });
  return (
    <AccountSection title={t('password')}>
      {account.hasPassword ? (
        <PasswordForm />
      ) : (
        <p>{t('noPassword', { provider: options.data?.provider ?? t('provider') })}</p>
      )}
    </AccountSection>
  );
}

function PasswordForm() {
  const { t } = useTranslation('account');
  const checks = useFieldChecks();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { current: '', password: '' },
    validate: ({ current, password }) =>
      onlyFaults({
        current: checks.needed(current, t('current')),
        password: checks.newPassword(password, t('next')),
      }),
  });
  const change = useMutation({
    mutationFn: () => ask('POST /api/v1/account/password', { body: form.getValues() }),
    onSuccess: async () => {
      form.reset();
      await queries.invalidateQueries();
    },
    onError: (error) => {
      const faults = faultsOf(error);
      form.setErrors('current' in faults ? { ...faults, current: t('notYours') } : faults);
      focusFirstFault();
    },
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(() => change.mutate(), focusFirstFault)}
    >
      <PasswordField kind="current" label={t('current')} {...form.getInputProps('current')} />
      <PasswordField kind="new" label={t('next')} {...form.getInputProps('password')} />
      {change.isSuccess && !form.isDirty() ? <Notice tone="success" text={t('changed')} isLive /> : null}
      {change.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={change.error} title={t('failed')} />
      )}
      <div>
        <Button type="submit" variant="default" loading={change.isPending}>
          {t('change')}
        </Button>
      </div>
    </form>
  );
}
