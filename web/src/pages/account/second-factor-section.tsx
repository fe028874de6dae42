import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/ask.ts';
import { Mark } from '../../parts/mark.tsx';
import { Notice } from '../../parts/notice.tsx';
import classes from './account.module.css';
import { AccountSection } from './account-section.tsx';
import { RemoveSecondFactor } from './remove-second-factor.tsx';
import { RenewRecoveryCodes } from './renew-recovery-codes.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';

type Open = 'set up' | 'remove' | 'renew' | null;

export function SecondFactorSection({ account }: { readonly account: Answer<'GET /api/v1/account'> }) {
  const { t } = useTranslation('account', { keyPrefix: 'factor' });
  const [open, setOpen] = useState<Open>(null);
  const [news, setNews] = useState<'turnedOn' | 'turnedOff' | null>(null);
  const show = (dialog: Open) => {
    setNews(null);
    setOpen(dialog);
  };
  const close = () => setOpen(null);
  const { secondFactor, recoveryCodesLeft, hasPassword } = account;
  return (
    <AccountSection title={t('title')}>
      <div className={classes.state} data-on={secondFactor}>
        <Mark shape={secondFactor ? 'tick' : 'ring'} />
        <div>
          <p>{t(secondFactor ? 'on' : 'off')}</p>
          {recoveryCodesLeft === null || !secondFactor ? null : (
            <p>{t('codesLeft', { count: recoveryCodesLeft })}</p>
          )}
        </div>
      </div>
      {news === null ? null : <Notice tone="success" text={t(news)} isLive />}
      <div className={classes.actions}>
        {secondFactor ? (
          <>
            <Button variant="default" onClick={() => show('renew')}>
              {t('renew')}
            </Button>
            <Button variant="default" onClick={() => show('remove')}>
              {t('remove')}
            </Button>
          </>
        ) : hasPassword ? (
          <Button variant="default" onClick={() => show('set up')}>
            {t('begin')}
          </Button>
        ) : null}
      </div>
      {/* What each one typed and showed is gone when it closes. */}
      {open === 'set up' ? (
        <SetUpSecondFactor onClose={close} onDone={() => setNews('turnedOn')} />
      ) : open === 'remove' ? (
        <RemoveSecondFactor onClose={close} onDone={() => setNews('turnedOff')} />
      ) : open === 'renew' ? (
        <RenewRecoveryCodes onClose={close} />
      ) : null}
    </AccountSection>
  );
}
