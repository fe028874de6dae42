import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../../../src/contract/employees.ts';
import { questionOf } from '../../api/question.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../../session/session.ts';
import { MovePeople } from './move-people.tsx';
import { TeamDialog } from './team-dialog.tsx';
import { TeamTree } from './team-tree.tsx';

type Open = { readonly kind: 'new' } | { readonly kind: 'change' | 'move'; readonly team: Team };

/** The tree of teams. */
export function TeamsPage() {
  const { t } = useTranslation('teams');
  const mayManage = useMay()('manage the directory');
  const [open, setOpen] = useState<Open | null>(null);
  const [moved, setMoved] = useState<{ readonly count: number; readonly name: string } | null>(null);
  const { data, error, refetch } = useQuery(questionOf('GET /api/v1/teams', { query: {} }));
  const close = () => setOpen(null);
  return (
    <DirectoryFrame
      title={t('title')}
      summary={t('summary')}
      actions={mayManage ? <Button onClick={() => setOpen({ kind: 'new' })}>{t('add')}</Button> : undefined}
    >
      {moved === null ? null : <Notice tone="success" text={t('moved', moved)} isLive />}
      {error !== null && data === undefined ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t('list')}>
          <Skeleton height={240} />
        </div>
      ) : data.length === 0 ? (
        <Notice title={t('emptyTitle')} text={t(mayManage ? 'emptyText' : 'nothingSeen')} />
      ) : (
        <TeamTree
          teams={data}
          {...(mayManage
            ? {
                onChange: (team: Team) => setOpen({ kind: 'change', team }),
                onMove: (team: Team) => setOpen({ kind: 'move', team }),
              }
            : {})}
        />
      )}
      {open === null || data === undefined ? null : open.kind === 'move' ? (
        <MovePeople
          team={open.team}
          onClose={close}
          onMoved={(count) => {
            setMoved({ count, name: open.team.name });
            close();
          }}
        />
      ) : (
        <TeamDialog team={open.kind === 'new' ? null : open.team} teams={data} onClose={close} />
      )}
    </DirectoryFrame>
  );
}
