import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './side-drawer.module.css';

type SideDrawerProps = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
};

/** Details of one thing beside the list it is in. Escape closes it, and the focus goes back to where it was. */
export function SideDrawer({ isOpen, onClose, title, actions, children }: SideDrawerProps) {
  const { t } = useTranslation('shell');
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={onClose}
      position="right"
      size="27rem"
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Overlay backgroundOpacity={0.2} />
      <Drawer.Content>
        <div className={classes.head}>
          <Drawer.Title className={classes.title}>{title}</Drawer.Title>
          {actions}
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <Drawer.Body className={classes.body}>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
