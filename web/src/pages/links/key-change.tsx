import { Button, NativeSelect, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection, IdentificationKey } from '../../../../src/contract/connections.ts';
import type { KeyChange as Preview } from '../../../../src/contract/links.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Notice } from '../../parts/notice.tsx';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { useFormats } from '../../time/use-formats.ts';

const keys = ['employee_number', 'attendance_number', 'email', 'guid'] as const satisfies IdentificationKey[];
const shown = 50;

type KeyChangeProps = { readonly connection: Connection; readonly onClose: () => void };

/** Another identification key: who would be linked, unlinked or moved, before anything is. */
export function KeyChange({ connection, onClose }: KeyChangeProps) {
  const { t } = useTranslation('links', { keyPrefix: 'key' });
  const { t: tLinks } = useTranslation('links');
  const { t: tConnections } = useTranslation('connections');
  const { t: tDirectory } = useTranslation('directory');
  const queries = useQueryClient();
  const [key, setKey] = useState<IdentificationKey>();
  const params = { id: connection.id };
  const preview = useQuery({
    ...questionOf('GET /api/v1/connections/:id/key-change', {
      params,
      query: { key: key ?? connection.identificationKey, limit: shown },
    }),
    enabled: key !== undefined,
  });
  const apply = useMutation({
    mutationFn: ({ key: chosen, counts: { linked, unlinked, moved } }: Preview) =>
      ask('POST /api/v1/connections/:id/key-change', {
        params,
        query: {},
        body: { key: chosen, expected: { linked, unlinked, moved } },
      }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const { data } = preview;
  if (apply.isSuccess) return <Changed counts={apply.data} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} width="wide" title={t('title')}>
      <p>{t('text')}</p>
      <NativeSelect
        label={t('label')}
        description={t('now', { key: tConnections(`key.${connection.identificationKey}`) })}
        maw="20rem"
        value={key ?? ''}
        onChange={({ currentTarget: { value } }) => setKey(keys.find((one) => one === value))}
        data={[
          { value: '', label: t('choose') },
          ...keys
            .filter((one) => one !== connection.identificationKey)
            .map((value) => ({ value, label: tConnections(`key.${value}`) })),
        ]}
      />
      {key === undefined ? null : preview.error !== null ? (
        <Failure error={preview.error} title={tLinks('failedTitle')} onRetry={() => void preview.refetch()} />
      ) : data === undefined ? (
        <Skeleton height={160} />
      ) : (
        <Effects preview={data} />
      )}
      {apply.error === null ? null : <Failure error={apply.error} title={t('failed')} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {tDirectory('cancel')}
        </Button>
        <Button
          disabled={key === undefined || data === undefined}
          loading={apply.isPending}
          onClick={() => {
            if (data !== undefined) apply.mutate(data);
          }}
        >
          {t('apply')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type ChangedProps = { readonly counts: Preview['counts']; readonly onClose: () => void };

function Changed({ counts, onClose }: ChangedProps) {
  const { t } = useTranslation('links', { keyPrefix: 'key' });
  const { t: tDirectory } = useTranslation('directory');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')}>
      <Notice tone="success" text={t('changed', { ...counts })} isLive />
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          {tDirectory('done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Effects({ preview: { counts, rows } }: { readonly preview: Preview }) {
  const { t } = useTranslation('links', { keyPrefix: 'key' });
  const { t: tLinks } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const formats = useFormats();
  const figures = (['linked', 'unlinked', 'moved', 'same', 'byHand'] as const).map((name) => ({
    name: t(name),
    value: formats.number(counts[name]),
  }));
  const all = counts.linked + counts.unlinked + counts.moved;
  return (
    <>
      <Figures label={t('counts')} figures={figures} />
      {rows.length === 0 ? null : (
        <SimpleTable
          title={t('rows')}
          head={[tLinks('inKeka'), t('before'), t('after'), tLinks('daysOf')]}
          numeric={[3]}
          rows={rows.map(({ person, from, to, days }) => ({
            key: person?.guid ?? '',
            cells: [
              person?.name ?? person?.employeeNumber ?? tDirectory('noName'),
              from?.name ?? '–',
              to?.name ?? '–',
              formats.number(days),
            ],
          }))}
        />
      )}
      {all > rows.length ? <p>{t('more', { count: rows.length })}</p> : null}
    </>
  );
}
