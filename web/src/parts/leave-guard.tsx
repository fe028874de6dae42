import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog, DialogActions } from './dialog.tsx';

/** Asks before a page with unsaved changes is left, by a link, by going back or by closing the window. */
export function LeaveGuard({ isActive }: { readonly isActive: boolean }) {
  const { t } = useTranslation('shell', { keyPrefix: 'leave' });
  const blocker = useBlocker({
    // Another search on the same page loses nothing.
    shouldBlockFn: ({ current, next }) => isActive && current.pathname !== next.pathname,
    enableBeforeUnload: () => isActive,
    withResolver: true,
  });
  return (
    <Dialog isOpen={blocker.status === 'blocked'} onClose={() => blocker.reset?.()} title={t('title')}>
      <p>{t('text')}</p>
      <DialogActions>
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('leave')}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t('stay')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
