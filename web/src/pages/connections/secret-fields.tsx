import { Button, PasswordInput, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { noCredentials } from './form-values.ts';
import type { ConnectionForm } from './use-connection-form.ts';
import { useFaultText } from './use-fault-text.ts';

type SecretFieldsProps = { readonly form: ConnectionForm; readonly secrets: Connection['secrets'] | null };

/** Secrets go in and never come out: of those that are stored, only the end of the API Key is told. */
export function SecretFields({ form, secrets }: SecretFieldsProps) {
  const { t } = useTranslation('connections');
  const faultText = useFaultText(form);
  const { credentials } = form.values;
  const isStored = secrets?.state === 'set';
  const ending = secrets?.ending ?? '';
  const set = (field: keyof typeof noCredentials) => (event: React.ChangeEvent<HTMLInputElement>) =>
    form.set({ credentials: { ...(credentials ?? noCredentials), [field]: event.currentTarget.value } });
  const field = (name: keyof typeof noCredentials) => ({
    label: t(`form.${name}`),
    value: credentials?.[name] ?? '',
    onChange: set(name),
    error: faultText(`credentials.${name}`, t(`form.${name}`)),
    autoComplete: 'off',
    spellCheck: false,
    required: true,
    withAsterisk: false,
    'data-1p-ignore': true,
  });
  return (
    <FormSection title={t('form.secrets')} hint={t('form.secretsHint')}>
      {credentials === null ? (
        <div>
          <Text>{ending === '' ? t('secretsSet') : t('secretsEnding', { ending })}</Text>
          <Button
            variant="default"
            size="compact-sm"
            mt={6}
            onClick={() => form.set({ credentials: noCredentials })}
          >
            {t('form.replace')}
          </Button>
        </div>
      ) : (
        <>
          <TextInput {...field('clientId')} />
          <PasswordInput {...field('clientSecret')} />
          <PasswordInput {...field('apiKey')} />
          {isStored ? (
            <div>
              <Button variant="subtle" size="compact-sm" onClick={() => form.set({ credentials: null })}>
                {t('form.keepStored')}
              </Button>
            </div>
          ) : null}
        </>
      )}
      <TextInput
        type="date"
        label={t('form.expiry')}
        description={t('form.expiryHint')}
        value={form.values.keyExpiresOn}
        onChange={(event) => form.set({ keyExpiresOn: event.currentTarget.value })}
        error={faultText('keyExpiresOn', t('form.expiry'))}
        maw="14rem"
        styles={{ description: { width: 'max-content', maxWidth: 'min(30rem, 80vw)' } }}
      />
    </FormSection>
  );
}
