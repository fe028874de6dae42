import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/contract/session.ts';
import { Dialog } from '../parts/dialog.tsx';
import { enter } from '../session/session.ts';
import { SignInForm } from '../session/sign-in-form.tsx';

/** Over the page that was open, so that what was typed there is still there afterwards. */
export function SessionEnded({ session }: { readonly session: Session }) {
  const { t } = useTranslation('shell', { keyPrefix: 'account' });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const comeBack = async () => {
    const now = await enter(queries);
    // What another person or company may see is not what stood on this page.
    const isSame = now.person.id === session.person.id && now.organisation?.id === session.organisation?.id;
    if (!isSame) await navigate({ to: '/', ignoreBlocker: true });
  };
  return (
    <Dialog isOpen onClose={() => {}} title={t('endedTitle')}>
      <p>{t('endedText')}</p>
      <SignInForm email={session.person.email} onDone={comeBack}>
        <Button
          variant="subtle"
          onClick={() =>
            void navigate({ to: '/sign-in', ignoreBlocker: true }).then(() => queries.resetQueries())
          }
        >
          {t('toSignIn')}
        </Button>
      </SignInForm>
    </Dialog>
  );
}
