import { useTranslation } from 'react-i18next';
import type { AuditTrailEntry } from '../../../../../src/contract/audit-trail.ts';
import { Moment } from '../../../parts/moment.tsx';
import { useAuditWords } from '../../../words/use-audit-words.ts';
import classes from './audit-trail.module.css';
import { Changes } from './changes.tsx';

type AuditEntriesProps = { readonly entries: readonly AuditTrailEntry[]; readonly zone: string };

/** One line for each entry; opened, it shows what was before and after, and where it came from. */
export function AuditEntries({ entries, zone }: AuditEntriesProps) {
  const { t } = useTranslation('settings', { keyPrefix: 'audit' });
  const words = useAuditWords();
  return (
    <ol className={classes.entries}>
      {entries.map((entry, place) => {
        const { at, actor, action, subject, before, after, address, requestId } = entry;
        return (
          // Entries are only ever added, and at one moment there may be several.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${at} ${entries.length - place}`}>
            <details className={classes.entry}>
              <summary className={classes.line}>
                <span className={classes.at}>
                  <Moment instant={at} zone={zone} />
                </span>
                <span className={classes.what}>
                  <strong>{actor.name}</strong>
                  {actor.kind === 'person' ? null : (
                    <span className={classes.kind}> ({words.kind(actor.kind)})</span>
                  )}{' '}
                  {words.action(action)}
                  {subject.name === null || subject.name === actor.name ? null : <> “{subject.name}”</>}
                </span>
              </summary>
              <div className={classes.details}>
                <Changes before={before} after={after} />
                <p className={classes.origin}>
                  {[
                    address === null ? null : t('from', { address }),
                    requestId === null ? null : t('request', { id: requestId }),
                  ]
                    .filter((one) => one !== null)
                    .join(' · ')}
                </p>
              </div>
            </details>
          </li>
        );
      })}
    </ol>
  );
}
