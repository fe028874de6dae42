import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/api-problem.ts';
import { type Answer, ask } from '../../api/ask.ts';
import { DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { focusFirstFault } from '../../parts/form/faults-of.ts';
import { QrCode } from '../../parts/qr-code.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import classes from './account.module.css';

type ConfirmSecondFactorProps = {
  readonly begun: Answer<'POST /api/v1/account/second-factor'>;
  readonly onConfirmed: () => Promise<void>;
  readonly onCancel: () => void;
};

/** The app is given the key, by picture or by hand, and shows with a code that it has it. */
export function ConfirmSecondFactor({ begun, onConfirmed, onCancel }: ConfirmSecondFactorProps) {
  const { t } = useTranslation('account');
  const form = useForm({
    initialValues: { code: '' },
    validate: ({ code }) => (/^\d{6}$/.test(code.replaceAll(/\s/g, '')) ? {} : { code: t('wrongCode') }),
  });
  const confirm = useMutation({
    mutationFn: ({ code }: { readonly code: string }) =>
      ask('POST /api/v1/account/second-factor/confirm', { body: { code: code.replaceAll(/\s/g, '') } }),
    onSuccess: onConfirmed,
    onError: (error) => {
      if (hasCode(error, 'second_factor_refused', 'invalid_input')) form.setErrors({ code: t('wrongCode') });
      focusFirstFault();
    },
  });
  return (
    <form
      className={classes.dialogForm}
      noValidate
      onSubmit={form.onSubmit((values) => confirm.mutate(values), focusFirstFault)}
    >
      <p>{t('factor.scan')}</p>
      <QrCode text={begun.uri} label={t('factor.qr')} className={classes.qr ?? ''} />
      <p>{t('factor.orType')}</p>
      <ShownOnce label={t('factor.orType')} lines={[inGroups(begun.secret)]} />
      <TextInput
        label={t('factor.code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        maw="12rem"
        data-autofocus
        {...form.getInputProps('code')}
      />
      {confirm.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={confirm.error} title={t('failed')} />
      )}
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('factor.cancel')}
        </Button>
        <Button type="submit" loading={confirm.isPending}>
          {t('factor.turnOn')}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Four letters at a time are typed without losing one's place; apps ignore the blanks. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
