import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './shown-once.module.css';

type ShownOnceProps = {
  readonly label: string;
  /** One line each. */
  readonly lines: readonly string[];
};

/** A secret that leaves this page only by being copied or written down. One click selects all of it. */
export function ShownOnce({ label, lines }: ShownOnceProps) {
  const { t } = useTranslation('settings');
  const clipboard = useClipboard({ timeout: 3000 });
  const text = lines.join('\n');
  return (
    <div className={classes.box}>
      <code className={classes.text} data-several={lines.length > 1} aria-label={label} role="group">
        {lines.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </code>
      <Button
        variant="default"
        size="xs"
        leftSection={clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={() => clipboard.copy(text)}
      >
        <span aria-live="polite">{t(clipboard.copied ? 'copied' : 'copy')}</span>
      </Button>
    </div>
  );
}
