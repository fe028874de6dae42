import { useTranslation } from 'react-i18next';
import { Notice } from '../../parts/notice.tsx';
import type { SignInSearch } from './sign-in-search.ts';

/** Why somebody stands before the door. */
export function SignInNotice({ search: { after, error } }: { readonly search: SignInSearch }) {
  const { t } = useTranslation('entrance', { keyPrefix: 'signIn' });
  if (error !== undefined) {
    return <Notice tone="danger" title={t('refusedByProvider')} text={t('refusedByProviderText')} isLive />;
  }
  switch (after) {
    case 'session-end':
      return <Notice tone="info" text={t('ended')} isLive />;
    case 'sign-out':
      return <Notice tone="success" text={t('signedOut')} isLive />;
    case 'new-password':
      return <Notice tone="success" text={t('passwordSet')} isLive />;
    case undefined:
      return null;
  }
}
