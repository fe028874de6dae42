import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuestion, useMay } from '../session/session.ts';
import classes from './navigation.module.css';
import { itemsFor } from './navigation-items.ts';

/** On narrow screens it lies over the page and is opened from the top bar. */
export function Navigation({ onGo }: { readonly onGo: () => void }) {
  const { t } = useTranslation('shell');
  const may = useMay();
  const { isPending, data: session } = useQuery(sessionQuestion);
  const items = isPending ? [] : itemsFor(may, session?.role);
  return (
    <nav id="navigation" aria-label={t('navigation')} className={classes.navigation}>
      <ul className={classes.list}>
        {items.map(({ to, name, Icon }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/' }} className={classes.link} onClick={onGo}>
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              {t(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
