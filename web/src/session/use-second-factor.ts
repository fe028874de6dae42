import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { ask } from '../api/ask.ts';
import { focusFirstFault } from '../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../parts/form/use-field-checks.ts';

export type SecondFactorProps = {
  readonly onDone: () => unknown;
  /** Back to the password, of one's own will or because the first step is too long ago. */
  readonly onAgain: (reason: 'wished' | 'too long') => void;
};

/** The second step of a sign-in, by the app or by a recovery code. */
export function useSecondFactor({ onDone, onAgain }: SecondFactorProps) {
  const { t } = useTranslation('entrance');
  const checks = useFieldChecks();
  const [way, setWay] = useState<'code' | 'recoveryCode'>('code');
  const isApp = way === 'code';
  const label = t(isApp ? 'secondFactor.code' : 'secondFactor.recoveryCode');
  const form = useForm({
    initialValues: { given: '' },
    validate: ({ given }) =>
      onlyFaults({
        given:
          checks.needed(given, label) ??
          (isApp && !/^\d{6}$/.test(given.replaceAll(/\s/g, '')) ? t('fault.digits') : undefined),
      }),
  });
  const verify = useMutation({
    mutationFn: (given: string) =>
      ask('POST /api/v1/session/second-factor', {
        body: isApp ? { code: given.replaceAll(/\s/g, '') } : { recoveryCode: given },
      }),
    onSuccess: onDone,
    onError: (error) => {
      if (hasCode(error, 'session_ended')) return onAgain('too long');
      if (!hasCode(error, 'second_factor_refused', 'invalid_input')) return;
      form.setFieldValue('given', '');
      form.setFieldError('given', t(isApp ? 'secondFactor.wrongCode' : 'secondFactor.wrongRecovery'));
      focusFirstFault();
    },
  });
  return {
    form,
    verify,
    isApp,
    label,
    changeWay: () => {
      setWay(isApp ? 'recoveryCode' : 'code');
      form.reset();
      verify.reset();
    },
  };
}
