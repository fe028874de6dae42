import { Button, Checkbox, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { TokenScope } from '../../../../../src/contract/tokens.ts';
import { ask } from '../../../api/ask.ts';
import { DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../../parts/form/use-field-checks.ts';
import classes from '../dialog-form.module.css';

const scopes = [
  'read_reports',
  'start_runs',
  'manage_directory',
  'manage_connections',
] as const satisfies readonly TokenScope[];
const lives = ['30', '90', '365', '1095'] as const;

type NewTokenFormProps = {
  readonly onMade: (made: { readonly name: string; readonly token: string }) => void;
  readonly onCancel: () => void;
};

export function NewTokenForm({ onMade, onCancel }: NewTokenFormProps) {
  const { t } = useTranslation('settings', { keyPrefix: 'token' });
  const checks = useFieldChecks();
  const queries = useQueryClient();
  const form = useForm<{ name: string; scopes: TokenScope[]; days: string }>({
    initialValues: { name: '', scopes: ['read_reports'], days: '365' },
    validate: (values) =>
      onlyFaults({
        name: checks.needed(values.name, t('name')),
        scopes: values.scopes.length === 0 ? t('scopeNeeded') : undefined,
      }),
  });
  const make = useMutation({
    mutationFn: () => {
      const { days, ...values } = form.getValues();
      return ask('POST /api/v1/tokens', { query: {}, body: { ...values, days: Number(days) } });
    },
    onSuccess: async ({ token, made }) => {
      onMade({ name: made.name, token });
      await queries.invalidateQueries();
    },
    onError: (error) => {
      const faults = faultsOf(error);
      form.setErrors(faults['name'] === 'is already in use' ? { ...faults, name: t('nameTaken') } : faults);
      focusFirstFault();
    },
  });
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(() => make.mutate(), focusFirstFault)}>
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        maxLength={100}
        required
        withAsterisk={false}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <Checkbox.Group label={t('scopes')} {...form.getInputProps('scopes')}>
        <Stack gap={6} mt={4}>
          {scopes.map((scope) => (
            <Checkbox key={scope} size="xs" value={scope} label={t(`scope.${scope}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label={t('days')}
        maw="12rem"
        data={lives.map((days) => ({ value: days, label: t(`daysOption.${days}`) }))}
        {...form.getInputProps('days')}
      />
      {make.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={make.error} title={t('failedMake')} />
      )}
      <DialogActions>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <Button type="submit" loading={make.isPending}>
          {t('make')}
        </Button>
      </DialogActions>
    </form>
  );
}
