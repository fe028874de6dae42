import { useTranslation } from 'react-i18next';
import type { ConnectionBrief } from '../../../../src/contract/overview.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { daysUntil } from '../../time/days-until.ts';
import { useFormats } from '../../time/use-formats.ts';

/** From so many days before its end on, a key is spoken of. */
const warnedDays = 30;

/** Keys that expire soon, or have expired: the one failure that can be seen coming. */
export function KeyNotices({
  connections,
  zone,
}: {
  readonly connections: readonly ConnectionBrief[];
  readonly zone: string;
}) {
  const { t } = useTranslation('overview');
  const formats = useFormats();
  return connections.map(({ id, name, keyExpiresOn }) => {
    const days = keyExpiresOn === null ? null : daysUntil(keyExpiresOn, zone);
    if (keyExpiresOn === null || days === null || days > warnedDays) return null;
    const date = formats.date(keyExpiresOn);
    return (
      <Notice
        key={id}
        tone={days <= 0 ? 'danger' : 'warning'}
        title={
          days <= 0
            ? t('keyExpired', { connection: name, date })
            : t('keyExpires', { connection: name, date, count: days })
        }
        text={t('keyText')}
        action={
          <LinkButton to="/connections/$connection" params={{ connection: id }} variant="default">
            {t('newKey')}
          </LinkButton>
        }
      />
    );
  });
}
