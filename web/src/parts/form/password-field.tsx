import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type PasswordFieldProps = PasswordInputProps & { readonly kind: 'current' | 'new' };

/** A password that a password manager understands, and that can be looked at, by keyboard too. */
export function PasswordField({ kind, ...props }: PasswordFieldProps) {
  const { t } = useTranslation('entrance', { keyPrefix: 'fields' });
  return (
    <PasswordInput
      {...(kind === 'new' ? { description: t('newPasswordHint') } : {})}
      required
      withAsterisk={false}
      autoComplete={kind === 'new' ? 'new-password' : 'current-password'}
      maxLength={128}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': t('shown') }}
      {...props}
    />
  );
}
