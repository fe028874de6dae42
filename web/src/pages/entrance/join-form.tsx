import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { enter } from '../../session/session.ts';
import { AccountFields } from './account-fields.tsx';
import classes from './entrance-form.module.css';

type JoinFormProps = {
  readonly token: string;
  readonly invitation: Answer<'POST /api/v1/invitation'>;
  readonly isSignedIn: boolean;
};

export function JoinForm({ token, invitation: { organisation, email }, isSignedIn }: JoinFormProps) {
  const { t } = useTranslation('members', { keyPrefix: 'join' });
  const { t: tEntrance } = useTranslation('entrance', { keyPrefix: 'fields' });
  const checks = useFieldChecks();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { account: { name: '', password: '' } },
    validate: ({ account }) =>
      isSignedIn
        ? {}
        : onlyFaults({
            'account.name': checks.needed(account.name, tEntrance('name')),
            'account.password': checks.newPassword(account.password, tEntrance('newPassword')),
          }),
  });
  const join = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/invitation/accept', {
        body: { token, ...(isSignedIn ? {} : { account: form.getValues().account }) },
      }),
    onSuccess: async ({ state }) => {
      // Whoever has a second step is asked for it by the page for signing in.
      if (state === 'signed_in') await enter(queries);
      await navigate({ to: state === 'signed_in' ? '/' : '/sign-in', replace: true });
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      focusFirstFault();
    },
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(() => join.mutate(), focusFirstFault)}
      aria-label={t('title')}
    >
      {isSignedIn ? (
        <p>{t('asYou', { email })}</p>
      ) : (
        <AccountFields email={email} propsOf={(field) => form.getInputProps(`account.${field}`)} />
      )}
      {join.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={join.error} title={t('failed')} />
      )}
      <Button type="submit" loading={join.isPending}>
        {t('submit', { organisation })}
      </Button>
    </form>
  );
}
