import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ChunkSummary } from '../../../../src/contract/runs.ts';
import { SimpleTable } from '../../parts/simple-table.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { datesOf } from './run-words.ts';

/** The parts of the window, each stored wholly or not at all. */
export function RunChunks({ chunks }: { readonly chunks: readonly ChunkSummary[] }) {
  const { t } = useTranslation('runs');
  const formats = useFormats();
  if (chunks.length === 0) return null;
  return (
    <SimpleTable
      title={t('chunks')}
      head={[
        t('column.dates'),
        t('chunk.state'),
        t('chunk.pages'),
        t('chunk.announced'),
        t('chunk.received'),
        t('chunk.attempts'),
      ]}
      numeric={[2, 3, 4, 5]}
      rows={chunks.map((chunk) => ({
        key: chunk.from,
        cells: [
          datesOf(chunk, formats),
          <>
            {t(`chunkState.${chunk.state}`)}
            {chunk.errorCode === null ? null : (
              <>
                {': '}
                <Link to="/problems/$code" params={{ code: chunk.errorCode }}>
                  {chunk.errorCode}
                </Link>
              </>
            )}
          </>,
          formats.number(chunk.pages),
          chunk.announced === null ? '–' : formats.number(chunk.announced),
          formats.number(chunk.received),
          formats.number(chunk.attempts),
        ],
      }))}
    />
  );
}
