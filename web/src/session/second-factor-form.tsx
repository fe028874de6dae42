import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../api/api-problem.ts';
import { ask } from '../api/ask.ts';
import { Failure } from '../parts/failure.tsx';
import { focusFirstFault } from '../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../parts/form/use-field-checks.ts';
import classes from './sign-in-form.module.css';

type SecondFactorFormProps = {
  readonly onDone: () => unknown;
  /** Back to the password, of one's own will or because the first step is too long ago. */
  readonly onAgain: (reason: 'wished' | 'too long') => void;
};

/** The code that the app shows, or one of the recovery codes. */
export function SecondFactorForm({ onDone, onAgain }: SecondFactorFormProps) {
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
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(({ given }) => verify.mutate(given), focusFirstFault)}
      aria-label={t('secondFactor.title')}
    >
      <TextInput
        key={way}
        label={label}
        description={t(isApp ? 'secondFactor.text' : 'secondFactor.recoveryText')}
        inputMode={isApp ? 'numeric' : 'text'}
        autoComplete={isApp ? 'one-time-code' : 'off'}
        autoCapitalize="off"
        spellCheck={false}
        maxLength={50}
        required
        withAsterisk={false}
        // The step before it is over: this is what comes next.
        ref={focusOnce}
        {...form.getInputProps('given')}
        onChange={({ currentTarget: { value } }) => {
          form.setFieldValue('given', value);
          if (isApp && /^\d{6}$/.test(value) && !verify.isPending) verify.mutate(value);
        }}
      />
      {verify.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={verify.error} title={t('signIn.failed')} />
      )}
      <Button type="submit" loading={verify.isPending} fullWidth>
        {t('secondFactor.submit')}
      </Button>
      <div className={classes.ways}>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            setWay(isApp ? 'recoveryCode' : 'code');
            form.reset();
            verify.reset();
          }}
        >
          {t(isApp ? 'secondFactor.useRecovery' : 'secondFactor.useApp')}
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={() => onAgain('wished')}>
          {t('secondFactor.again')}
        </Button>
      </div>
    </form>
  );
}

/** Called by React with the field when it is there, and never again for it: the function stays the same. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
