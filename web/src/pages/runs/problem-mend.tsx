import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../parts/link-button.tsx';
import { useMay } from '../../session/session.ts';
import { linkKindOf, mendOf } from './mends.ts';

export type MendContext = {
  readonly connection: string;
  readonly onAgain: (acceptUnusualCount: boolean) => void;
  readonly isStarting: boolean;
};

/** The button that leads to the mend of a kind of problem, where there is one. */
export function ProblemMend({ code, context }: { readonly code: string; readonly context: MendContext }) {
  const { t } = useTranslation('runs');
  const may = useMay();
  const { connection, onAgain, isStarting } = context;
  const look = { variant: 'default', size: 'compact-sm', mb: 6 } as const;
  switch (mendOf(code)) {
    case 'connection':
      return (
        <LinkButton to="/connections/$connection" params={{ connection }} {...look}>
          {t('mend.connection')}
        </LinkButton>
      );
    case 'accept':
      return (
        <Button {...look} loading={isStarting} onClick={() => onAgain(true)}>
          {t('againAccept')}
        </Button>
      );
    case 'again':
      return (
        <Button {...look} loading={isStarting} onClick={() => onAgain(false)}>
          {t('again')}
        </Button>
      );
    case 'links':
      return may('manage the directory') ? (
        <LinkButton to="/employees/links" search={{ connection, kind: linkKindOf(code) }} {...look}>
          {t('mend.links')}
        </LinkButton>
      ) : null;
    case 'employees':
      return may('read the directory') ? (
        <LinkButton to="/employees" {...look}>
          {t('mend.employees')}
        </LinkButton>
      ) : null;
    case undefined:
      return null;
  }
}
