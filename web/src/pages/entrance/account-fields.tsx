import { TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '../../parts/form/password-field.tsx';
import type { noAccount } from './no-account.ts';

type AccountFieldsProps = {
  readonly propsOf: (field: keyof typeof noAccount) => GetInputPropsReturnType;
  /** Given where the address is settled already, as by an invitation. */
  readonly email?: string;
};

/** Somebody new: name, address and a password of their own. */
export function AccountFields({ propsOf, email }: AccountFieldsProps) {
  const { t } = useTranslation('entrance', { keyPrefix: 'fields' });
  return (
    <>
      <TextInput
        label={t('name')}
        autoComplete="name"
        maxLength={200}
        required
        withAsterisk={false}
        {...propsOf('name')}
      />
      <TextInput
        type="email"
        label={t('email')}
        description={t('emailHint')}
        autoComplete="username"
        autoCapitalize="off"
        spellCheck={false}
        required
        withAsterisk={false}
        {...(email === undefined ? propsOf('email') : { value: email, readOnly: true })}
      />
      <PasswordField kind="new" label={t('newPassword')} {...propsOf('password')} />
    </>
  );
}
