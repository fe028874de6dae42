import { TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { ZoneSelect } from '../../parts/form/zone-select.tsx';

type CompanyFieldsProps = { readonly propsOf: (field: 'name' | 'zone') => GetInputPropsReturnType };

/** What a company is called, and by which clock its days begin and end. */
export function CompanyFields({ propsOf }: CompanyFieldsProps) {
  const { t } = useTranslation('entrance', { keyPrefix: 'owner' });
  return (
    <>
      <TextInput
        label={t('companyName')}
        description={t('companyNameHint')}
        autoComplete="organization"
        maxLength={200}
        required
        withAsterisk={false}
        {...propsOf('name')}
      />
      <ZoneSelect label={t('zone')} description={t('zoneHint')} {...propsOf('zone')} />
    </>
  );
}
