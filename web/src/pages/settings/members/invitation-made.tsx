import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { ShownOnce } from '../../../parts/shown-once.tsx';

type InvitationMadeProps = {
  readonly made: Answer<'POST /api/v1/invitations'>;
  readonly onClose: () => void;
};

/** What became of the e-mail; where there is none, the link, which is shown once and closed only by its button. */
export function InvitationMade({ made: { invitation, mail, link }, onClose }: InvitationMadeProps) {
  const { t } = useTranslation('members');
  const { email } = invitation;
  const title = mail === 'sent' ? 'sentTitle' : mail === 'failed' ? 'failedMailTitle' : 'linkTitle';
  return (
    <Dialog isOpen onClose={link === null ? onClose : () => {}} title={t(title)}>
      {link === null ? (
        <Notice
          tone={mail === 'sent' ? 'success' : 'warning'}
          text={mail === 'sent' ? t('sentText', { email }) : t('failedMailText')}
          isLive
        />
      ) : (
        <>
          <p>{t('linkText', { email })}</p>
          <ShownOnce label={t('link')} lines={[link]} />
        </>
      )}
      <DialogActions>
        <Button onClick={onClose}>{t('done')}</Button>
      </DialogActions>
    </Dialog>
  );
}
