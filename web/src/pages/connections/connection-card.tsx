import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { Facts } from '../../parts/facts.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './connection-card.module.css';
import { daysUntil } from './key-expiry.ts';
import { RemoveConnection } from './remove-connection.tsx';

type ConnectionCardProps = { readonly connection: Connection; readonly zone: string };

/** One connection: facts that are never mixed up, and what can be done. */
export function ConnectionCard({ connection, zone }: ConnectionCardProps) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  const { id, name, host, identificationKey, secrets, keyExpiresOn } = connection;
  const days = keyExpiresOn === null ? null : daysUntil(keyExpiresOn, zone);
  return (
    <section className={classes.card} aria-labelledby={`connection-${id}`}>
      <div className={classes.head}>
        <h2 id={`connection-${id}`} className={classes.name}>
          {name}
        </h2>
        <div className={classes.actions}>
          <LinkButton to="/connections/$connection" params={{ connection: id }} variant="default" size="xs">
            {t('change')}
          </LinkButton>
          <RemoveConnection connection={connection} />
        </div>
      </div>
      <Facts
        facts={[
          [t('fact.address'), `https://${host}`],
          [t('fact.key'), t(`key.${identificationKey}`)],
          [
            t('fact.secrets'),
            secrets.state === 'needed_again'
              ? t('secretsNeeded')
              : secrets.ending === null || secrets.ending === ''
                ? t('secretsSet')
                : t('secretsEnding', { ending: secrets.ending }),
          ],
          [
            t('fact.expires'),
            keyExpiresOn === null || days === null
              ? t('expiresUnknown')
              : days <= 0
                ? t('expired', { date: formats.date(keyExpiresOn) })
                : t('expiresIn', { date: formats.date(keyExpiresOn), count: days }),
          ],
        ]}
      />
    </section>
  );
}
