import { useNavigate } from '@tanstack/react-router';
import { useSignOut } from '../session/session.ts';

/** Signs out, and goes to the door. */
export function useLeave(): () => Promise<void> {
  const signOut = useSignOut();
  const navigate = useNavigate();
  return async () => {
    await signOut.end();
    // In this order: a page that forgets its data while it is shown asks again, and leads to the door by itself.
    await navigate({ to: '/sign-in', search: { after: 'sign-out' } });
    signOut.forget();
  };
}
