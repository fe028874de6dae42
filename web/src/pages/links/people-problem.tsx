import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../../src/contract/connections.ts';
import { Notice } from '../../parts/notice.tsx';
import type { LinkSummary } from './links-of-connection.tsx';

type PeopleProblemProps = { readonly connection: Connection; readonly people: LinkSummary['people'] };

/** What a connection lacks whose people could not be read, as where its key may not read employees. */
export function PeopleProblem({ connection, people: { problem } }: PeopleProblemProps) {
  const { t } = useTranslation('links', { keyPrefix: 'problem' });
  if (problem === null) return null;
  const { identificationKey } = connection;
  const isStuck = identificationKey === 'attendance_number' || identificationKey === 'email';
  return (
    <Notice
      tone="warning"
      title={t('title')}
      text={
        <>
          {t('lost')} {t(isStuck ? 'nobody' : 'anyway')}{' '}
          <Link to="/problems/$code" params={{ code: problem }}>
            {t('more')}
          </Link>
        </>
      }
    />
  );
}
