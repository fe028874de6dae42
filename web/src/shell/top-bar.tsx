import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Logo } from './logo.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import classes from './top-bar.module.css';

type TopBarProps = { readonly isNavigationOpen: boolean; readonly onToggleNavigation: () => void };

export function TopBar({ isNavigationOpen, onToggleNavigation }: TopBarProps) {
  const { t } = useTranslation('shell');
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
      <div className={classes.space} />
      <PreferencesMenu />
    </header>
  );
}
