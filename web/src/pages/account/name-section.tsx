import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/ask.ts';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { Notice } from '../../parts/notice.tsx';
import classes from './account.module.css';
import { AccountSection } from './account-section.tsx';

export function NameSection({ account }: { readonly account: Answer<'GET /api/v1/account'> }) {
  const { t } = useTranslation('account');
  const checks = useFieldChecks();
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: account.name },
    validate: ({ name }) => onlyFaults({ name: checks.needed(name, t('name')) }),
  });
  const save = useMutation({
    mutationFn: () => ask('PATCH /api/v1/account', { body: form.getValues() }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      form.resetDirty();
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      focusFirstFault();
    },
  });
  return (
    <AccountSection title={t('you')}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit(() => save.mutate(), focusFirstFault)}
      >
        <TextInput
          label={t('name')}
          autoComplete="name"
          maxLength={200}
          required
          withAsterisk={false}
          {...form.getInputProps('name')}
        />
        {save.isSuccess && !form.isDirty() ? <Notice tone="success" text={t('saved')} isLive /> : null}
        {save.error === null || Object.keys(form.errors).length > 0 ? null : (
          <Failure error={save.error} title={t('failed')} />
        )}
        <div>
          <Button type="submit" variant="default" loading={save.isPending} disabled={!form.isDirty()}>
            {t('save')}
          </Button>
        </div>
      </form>
    </AccountSection>
  );
}
