import { ActionIcon, Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './go-to.module.css';

const CommandPalette = lazy(async () => ({
  default: (await import('../palette/command-palette.tsx')).CommandPalette,
}));

/** The way to everything by keyboard. Its code comes when it is first asked for. */
export function GoTo() {
  const { t } = useTranslation('shell');
  const [isWanted, setWanted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setWanted(true);
    setOpen(true);
  };
  // Also where somebody types: no field has another use for it.
  useHotkeys([['mod+K', open]], []);
  return (
    <>
      <Button
        className={classes.wide}
        variant="default"
        size="compact-md"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        rightSection={
          <kbd className={classes.keys} aria-hidden="true">
            Ctrl K
          </kbd>
        }
        aria-keyshortcuts="Control+K Meta+K"
        onClick={open}
      >
        {t('goTo')}
      </Button>
      <ActionIcon
        className={classes.narrow}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t('goTo')}
        onClick={open}
      >
        <IconSearch size={20} stroke={1.6} />
      </ActionIcon>
      {isWanted ? (
        <Suspense fallback={null}>
          <CommandPalette isOpen={isOpen} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
