import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FormSection } from '../../parts/form/form-section.tsx';
import { isSubdomain, readSubdomain } from './read-subdomain.ts';
import type { ConnectionForm } from './use-connection-form.ts';
import { useFaultText } from './use-fault-text.ts';

type CompanyFieldsProps = { readonly form: ConnectionForm; readonly isNew: boolean };

/** Which company in Keka: the first part of its address, however it is given. */
export function CompanyFields({ form, isNew }: CompanyFieldsProps) {
  const { t } = useTranslation('connections');
  const faultText = useFaultText(form);
  const { subdomain, environment, name } = form.values;
  const host = `${environment}.com`;
  return (
    <FormSection title={t('form.company')}>
      <TextInput
        label={t('form.subdomain')}
        description={t('form.subdomainHint')}
        value={subdomain}
        onChange={({ currentTarget: { value } }) => {
          const read = readSubdomain(value);
          // While it is typed, only a whole address is taken apart.
          if (read.environment === null) form.set({ subdomain: value });
          else form.set({ subdomain: read.subdomain, environment: read.environment });
        }}
        onBlur={() => form.set({ subdomain: readSubdomain(subdomain).subdomain })}
        error={faultText('subdomain', t('form.subdomain'))}
        rightSection={<span aria-hidden="true">.{host}</span>}
        rightSectionWidth={environment === 'keka' ? 88 : 124}
        rightSectionPointerEvents="none"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        inputWrapperOrder={['label', 'description', 'input', 'error']}
        required
        withAsterisk={false}
      />
      {isSubdomain(subdomain) ? (
        <Text size="sm">{t('form.readsFrom', { address: `https://${subdomain}.${host}` })}</Text>
      ) : null}
      {isNew ? (
        <TextInput
          label={t('form.name')}
          description={t('form.nameHint')}
          value={name}
          onChange={(event) => form.set({ name: event.currentTarget.value })}
          error={faultText('name', t('form.name'))}
          maxLength={100}
          maw="20rem"
        />
      ) : null}
    </FormSection>
  );
}
