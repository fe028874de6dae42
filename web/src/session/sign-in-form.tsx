import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { ask } from '../api/ask.ts';
import { Failure } from '../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../parts/form/faults-of.ts';
import { PasswordField } from '../parts/form/password-field.tsx';
import { onlyFaults, useFieldChecks } from '../parts/form/use-field-checks.ts';
import { Notice } from '../parts/notice.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';
import classes from './sign-in-form.module.css';

type SignInFormProps = {
  /** Somebody known already, as after their session ended. */
  readonly email?: string;
  /** The session is there: what to do with it. */
  readonly onDone: () => unknown;
  /** Below the button: other ways. */
  readonly children?: ReactNode;
};

/** E-mail address and password, then the second step where one is asked for. */
export function SignInForm({ email = '', onDone, children }: SignInFormProps) {
  const { t } = useTranslation('entrance');
  const checks = useFieldChecks();
  const [step, setStep] = useState<'password' | 'second factor' | 'too long'>('password');
  const form = useForm({
    initialValues: { email, password: '' },
    validate: (values) =>
      onlyFaults({
        email: checks.email(values.email, t('signIn.email')),
        password: checks.needed(values.password, t('signIn.password')),
      }),
  });
  const signIn = useMutation({
    mutationFn: () => ask('POST /api/v1/session', { body: form.getValues() }),
    onSuccess: async ({ state }) => {
      if (state === 'second_factor_needed') setStep('second factor');
      else await onDone();
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      if (hasCode(error, 'sign_in_refused')) {
        // What was typed wrong is typed anew: which of both it was is not told.
        form.setFieldValue('password', '');
        form.setFieldError('password', t('signIn.wrongPassword'));
      }
      focusFirstFault();
    },
  });
  if (step === 'second factor') {
    return (
      <SecondFactorForm
        onDone={onDone}
        onAgain={(reason) => {
          form.setFieldValue('password', '');
          signIn.reset();
          setStep(reason === 'too long' ? 'too long' : 'password');
        }}
      />
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(() => signIn.mutate(), focusFirstFault)}
      aria-label={t('signIn.title')}
    >
      {step === 'too long' ? <Notice tone="warning" text={t('secondFactor.tooLong')} isLive /> : null}
      <TextInput
        type="email"
        label={t('signIn.email')}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        required
        withAsterisk={false}
        data-autofocus={email === '' ? true : undefined}
        {...form.getInputProps('email')}
      />
      <PasswordField
        kind="current"
        label={t('signIn.password')}
        data-autofocus={email === '' ? undefined : true}
        {...form.getInputProps('password')}
      />
      {signIn.error === null ||
      hasCode(signIn.error, 'sign_in_refused') ||
      Object.keys(form.errors).length > 0 ? null : (
        <Failure error={signIn.error} title={t('signIn.failed')} />
      )}
      <Button type="submit" loading={signIn.isPending} fullWidth>
        {t('signIn.submit')}
      </Button>
      {children}
    </form>
  );
}
