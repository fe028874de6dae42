import { useTranslation } from 'react-i18next';
import classes from './audit-trail.module.css';

type Values = Readonly<Record<string, unknown>>;

/** Every value that was written down, before and after beside each other. */
export function Changes({ before, after }: { readonly before: Values; readonly after: Values }) {
  const { t } = useTranslation('settings', { keyPrefix: 'audit' });
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  if (names.length === 0) return <p className={classes.origin}>{t('nothing')}</p>;
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('value')}</th>
          <th scope="col">{t('before')}</th>
          <th scope="col">{t('after')}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{tell(before[name], t('none'))}</td>
            <td>{tell(after[name], t('none'))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function tell(value: unknown, none: string): string {
  if (value === undefined) return '';
  if (value === null || value === '') return none;
  if (Array.isArray(value)) return value.map((one: unknown) => tell(one, none)).join(', ') || none;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
