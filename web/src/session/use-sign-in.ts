import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { ask } from '../api/ask.ts';
import { faultsOf, focusFirstFault } from '../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../parts/form/use-field-checks.ts';

/** The first step of a sign-in: what was typed, where it stands, and what comes next. */
export function useSignIn(email: string, onDone: () => unknown) {
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
  return {
    form,
    signIn,
    step,
    beginAgain: (reason: 'wished' | 'too long') => {
      form.setFieldValue('password', '');
      signIn.reset();
      setStep(reason === 'too long' ? 'too long' : 'password');
    },
  };
}
