import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failure } from '../parts/failure.tsx';
import { focusFirstFault } from '../parts/form/faults-of.ts';
import classes from './sign-in-form.module.css';
import { type SecondFactorProps, useSecondFactor } from './use-second-factor.ts';

/** The code that the app shows, or one of the recovery codes. */
export function SecondFactorForm(props: SecondFactorProps) {
  const { t } = useTranslation('entrance');
  const { form, verify, isApp, label, changeWay } = useSecondFactor(props);
  const { onAgain } = props;
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(({ given }) => verify.mutate(given), focusFirstFault)}
      aria-label={t('secondFactor.title')}
    >
      <TextInput
        key={isApp ? 'app' : 'recovery'}
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
        <Button variant="subtle" size="compact-sm" onClick={changeWay}>
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
