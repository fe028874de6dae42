import { Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../time/use-formats.ts';
import classes from './pager.module.css';

type PagerProps = {
  /** From 1 on. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onGo: (page: number) => void;
};

/** Which part of a long list is shown, and the way to the next; nothing where all of it fits. */
export function Pager({ page, pageSize, total, onGo }: PagerProps) {
  const { t } = useTranslation('directory');
  const formats = useFormats();
  if (total <= pageSize) return null;
  const from = (page - 1) * pageSize + 1;
  const to = Math.min(total, page * pageSize);
  return (
    <nav className={classes.pager} aria-label={t('pages')}>
      <span className={classes.range} aria-live="polite">
        {t('range', { from: formats.number(from), to: formats.number(to), total: formats.number(total) })}
      </span>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconChevronLeft size={14} aria-hidden="true" />}
        disabled={page <= 1}
        onClick={() => onGo(page - 1)}
      >
        {t('previous')}
      </Button>
      <Button
        variant="default"
        size="xs"
        rightSection={<IconChevronRight size={14} aria-hidden="true" />}
        disabled={to >= total}
        onClick={() => onGo(page + 1)}
      >
        {t('next')}
      </Button>
    </nav>
  );
}
