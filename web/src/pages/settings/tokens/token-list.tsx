import { useTranslation } from 'react-i18next';
import type { ApiToken } from '../../../../../src/contract/tokens.ts';
import { ItemList } from '../../../parts/item-list.tsx';
import { Mark } from '../../../parts/mark.tsx';
import { Moment } from '../../../parts/moment.tsx';
import { useFormats } from '../../../time/use-formats.ts';
import { RevokeToken } from './revoke-token.tsx';

type TokenListProps = {
  readonly label: string;
  readonly tokens: readonly ApiToken[];
  readonly zone: string;
};

export function TokenList({ label, tokens, zone }: TokenListProps) {
  const { t } = useTranslation('settings', { keyPrefix: 'token' });
  const formats = useFormats();
  const date = (instant: string) =>
    formats.date(Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString());
  return (
    <ItemList
      label={label}
      items={tokens.map((token) => ({
        key: token.id,
        title: token.name,
        details: [
          token.scopes.map((scope) => t(`scope.${scope}`)).join(', '),
          t('ending', { ending: token.ending }),
          t('madeBy', { name: token.madeBy, date: date(token.madeAt) }),
          token.state === 'good' ? t('expires', { date: date(token.expiresAt) }) : null,
          token.lastUsedAt === null ? (
            t('neverUsed')
          ) : (
            <>
              {t('lastUsed')} <Moment instant={token.lastUsedAt} zone={zone} />
            </>
          ),
        ],
        ...(token.state === 'good'
          ? { actions: <RevokeToken token={token} /> }
          : {
              state: (
                <>
                  <Mark shape={token.state === 'revoked' ? 'cross' : 'dash'} />
                  {t(`state.${token.state}`)}
                </>
              ),
            }),
      }))}
    />
  );
}
