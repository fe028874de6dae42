import { Menu, UnstyledButton } from '@mantine/core';
import { IconSelector } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../src/contract/session.ts';
import { ask } from '../api/ask.ts';
import { forgetAllBut } from '../session/session.ts';
import classes from './organisation-menu.module.css';

/** Which company one is in, and the way to the others that one belongs to. */
export function OrganisationMenu({ session }: { readonly session: Session }) {
  const { t } = useTranslation('shell', { keyPrefix: 'account' });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const change = useMutation({
    mutationFn: (organisation: string) =>
      ask('POST /api/v1/session/organisation', { body: { organisation } }),
    onSuccess: async (now) => {
      // First away from the page, which is about the company that is left.
      await navigate({ to: '/' });
      forgetAllBut(queries, now);
    },
  });
  const { organisation, organisations } = session;
  if (organisation === null) return null;
  if (organisations.length < 2) return <span className={classes.only}>{organisation.name}</span>;
  return (
    <Menu position="bottom-start" width={260} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton
          className={classes.button}
          aria-label={t('organisationMenu', { name: organisation.name })}
        >
          <span className={classes.current}>{organisation.name}</span>
          <IconSelector size={14} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('organisations')}</Menu.Label>
        <Menu.RadioGroup value={organisation.id} onChange={(id) => change.mutate(id)}>
          {organisations.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
