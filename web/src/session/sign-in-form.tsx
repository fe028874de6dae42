import { Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { Failure } from '../parts/failure.tsx';
import { focusFirstFault } from '../parts/form/faults-of.ts';
import { PasswordField } from '../parts/form/password-field.tsx';
import { Notice } from '../parts/notice.tsx';
import { SecondFactorForm } from './second-factor-form.tsx';
import classes from './sign-in-form.module.css';
import { useSignIn } from './use-sign-in.ts';

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
  const { form, signIn, step, beginAgain } = useSignIn(email, onDone);
  if (step === 'second factor') {
    return <SecondFactorForm onDone={onDone} onAgain={beginAgain} />;
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
