import { Button, Divider } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';

/** In without the password: by the company's own provider, or by mending a forgotten one. */
export function OtherWays({ options }: { readonly options: Answer<'GET /api/v1/sign-in-options'> }) {
  const { t } = useTranslation('entrance', { keyPrefix: 'signIn' });
  const begin = useMutation({
    mutationFn: () => ask('POST /api/v1/session/provider', {}),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <>
      {options.passwordReset ? (
        <LinkButton to="/forgotten-password" variant="subtle" size="compact-sm">
          {t('forgotten')}
        </LinkButton>
      ) : null}
      {options.provider === null ? null : (
        <>
          <Divider label={t('or')} />
          <Button
            variant="default"
            loading={begin.isPending || begin.isSuccess}
            onClick={() => begin.mutate()}
          >
            {t('withProvider', { provider: options.provider })}
          </Button>
        </>
      )}
      {begin.error === null ? null : <Failure error={begin.error} title={t('failed')} />}
    </>
  );
}
