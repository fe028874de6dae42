import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { focusFirstFault } from '../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { EntranceFrame } from '../../shell/entrance-frame.tsx';
import classes from './entrance-form.module.css';

/** Asks for the link; whether there is an account is not told to whoever asks. */
export function ForgottenPasswordPage() {
  const { t } = useTranslation('members', { keyPrefix: 'reset' });
  const { t: tEntrance } = useTranslation('entrance', { keyPrefix: 'fields' });
  const checks = useFieldChecks();
  const form = useForm({
    initialValues: { email: '' },
    validate: ({ email }) => onlyFaults({ email: checks.email(email, tEntrance('email')) }),
  });
  const send = useMutation({
    mutationFn: () => ask('POST /api/v1/password-reset', { body: form.getValues() }),
  });
  const back = (
    <LinkButton to="/sign-in" variant="subtle">
      {t('back')}
    </LinkButton>
  );
  return (
    <EntranceFrame title={t('title')}>
      {send.isSuccess ? (
        <>
          <Notice
            tone="success"
            title={t('sentTitle')}
            text={t('sentText', { email: form.getValues().email })}
            isLive
          />
          {back}
        </>
      ) : (
        <form
          className={classes.form}
          noValidate
          onSubmit={form.onSubmit(() => send.mutate(), focusFirstFault)}
          aria-label={t('title')}
        >
          <p>{t('text')}</p>
          <TextInput
            type="email"
            label={tEntrance('email')}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          {send.error === null ? null : <Failure error={send.error} title={t('failed')} />}
          <Button type="submit" loading={send.isPending}>
            {t('submit')}
          </Button>
          {back}
        </form>
      )}
    </EntranceFrame>
  );
}
