import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { GoTo } from './go-to.tsx';
import { Logo } from './logo.tsx';
import { OrganisationMenu } from './organisation-menu.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import classes from './top-bar.module.css';

type TopBarProps = { readonly isNavigationOpen: boolean; readonly onToggleNavigation: () => void };

export function TopBar({ isNavigationOpen, onToggleNavigation }: TopBarProps) {
  const { t } = useTranslation('shell');
  const session = useSession();
  return (
    <header className={classes.bar}>
      <ActionIcon
        className={classes.burger}
        variant="subtle"
        color="gray"
        size="lg"
        aria-expanded={isNavigationOpen}
        aria-controls="navigation"
        aria-label={t(isNavigationOpen ? 'closeNavigation' : 'openNavigation')}
        onClick={onToggleNavigation}
      >
        {isNavigationOpen ? <IconX size={20} /> : <IconMenu2 size={20} />}
      </ActionIcon>
      <Link to="/" className={classes.home}>
        <Logo />
        Hajiri
      </Link>
      {session === undefined ? null : <OrganisationMenu session={session} />}
      <div className={classes.space} />
      <GoTo />
      {session === undefined ? <PreferencesMenu /> : <AccountMenu session={session} />}
    </header>
  );
}
