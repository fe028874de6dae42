import { Button, Skeleton } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../../src/contract/session.ts';
import { hasCode } from '../../api/api-problem.ts';
import { type Answer, ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { enter, sessionQuestion, useSignOut } from '../../session/session.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { EntranceFrame } from '../../shell/entrance-frame.tsx';
import { JoinForm } from './join-form.tsx';

/** Where the link of an invitation leads; what it holds stays behind the #. */
export function InvitationPage() {
  const { t } = useTranslation('entrance');
  const { t: tMembers } = useTranslation('members');
  const token = useLocation({ select: ({ hash }) => hash });
  const { data, error, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => ask('POST /api/v1/invitation', { body: { token } }, signal),
    enabled: token !== '',
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const session = useQuery(sessionQuestion);
  const toSignIn = <LinkButton to="/sign-in">{t('toSignIn')}</LinkButton>;
  return (
    <EntranceFrame title={tMembers('join.title')}>
      {token === '' ? (
        <Notice tone="warning" title={t('owner.cutTitle')} text={t('owner.cutText')} action={toSignIn} />
      ) : hasCode(error, 'link_expired', 'invalid_input') ? (
        <Notice
          tone="warning"
          title={t('owner.expiredTitle')}
          text={tMembers('join.expiredText')}
          action={toSignIn}
        />
      ) : error !== null ? (
        <Failure error={error} title={t('owner.failed')} onRetry={() => void refetch()} />
      ) : data === undefined || session.isPending ? (
        <Skeleton height={240} />
      ) : (
        <Invited token={token} invitation={data} session={session.data ?? null} />
      )}
    </EntranceFrame>
  );
}

type InvitedProps = {
  readonly token: string;
  readonly invitation: Answer<'POST /api/v1/invitation'>;
  readonly session: Session | null;
};

/** What is asked for next: an account, the sign-in of the one that there is, or just a yes. */
function Invited({ token, invitation, session }: InvitedProps) {
  const { t } = useTranslation('members');
  const queries = useQueryClient();
  const signOut = useSignOut();
  const { organisation, email, role, hasAccount } = invitation;
  const own = session?.person.email ?? null;
  return (
    <>
      <div>{t('join.text', { organisation, role: t(`role.${role}`) })}</div>
      {own !== null && own !== email ? (
        <Notice
          tone="warning"
          text={t('join.other', { email, own })}
          action={
            <Button variant="default" onClick={() => void signOut.end().then(signOut.forget)}>
              {t('join.signOut')}
            </Button>
          }
        />
      ) : own === null && hasAccount ? (
        <>
          <Notice tone="info" text={t('join.signIn', { email })} />
          <SignInForm email={email} onDone={() => enter(queries)} />
        </>
      ) : (
        <JoinForm token={token} invitation={invitation} isSignedIn={own !== null} />
      )}
    </>
  );
}
