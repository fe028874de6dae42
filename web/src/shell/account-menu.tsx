import { Menu, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconLogout, IconUser } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/contract/session.ts';
import classes from './account-menu.module.css';
import { PreferenceItems } from './preference-items.tsx';
import { useLeave } from './use-leave.ts';

/** Who is signed in, and what is theirs alone. */
export function AccountMenu({ session: { person } }: { readonly session: Session }) {
  const { t } = useTranslation('shell');
  const leave = useLeave();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <span className={classes.initials} aria-hidden="true">
            {initialsOf(person.name)}
          </span>
          <VisuallyHidden>{t('account.menu', { name: person.name })}</VisuallyHidden>
          <IconChevronDown size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.person}>
          <div className={classes.name}>{person.name}</div>
          <div className={classes.email}>{person.email}</div>
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<IconUser size={16} stroke={1.6} />}>
          {t('account.mine')}
        </Menu.Item>
        <Menu.Divider />
        <PreferenceItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={() => void leave()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** `AR` for Asha Rao: the first letters of the first and the last word, whole where the script joins marks to them. */
function initialsOf(name: string): string {
  const letters = new Intl.Segmenter();
  const words = name.trim().split(/\s+/);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen
    .map((word) => [...letters.segment(word ?? '')][0]?.segment ?? '')
    .join('')
    .toLocaleUpperCase();
}
