import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Leads to the sign-in, which leads back to the page that was asked for. */
export function ToSignIn({ isEnded }: { readonly isEnded: boolean }) {
  const router = useRouter();
  useEffect(() => {
    // Read once, here: the address is another one as soon as this has begun.
    const { pathname, searchStr } = router.state.location;
    if (pathname === '/sign-in') return;
    const next = pathname === '/' && searchStr === '' ? undefined : `${pathname}${searchStr}`;
    void router.navigate({
      to: '/sign-in',
      search: { next, after: isEnded ? 'session-end' : undefined },
      replace: true,
    });
  }, [router, isEnded]);
  return null;
}
