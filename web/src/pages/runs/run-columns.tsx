import type { TFunction } from 'i18next';
import type { RunSummary } from '../../../../src/contract/runs.ts';
import type { TableColumn } from '../../parts/data-table/table-column.ts';
import { RunStateChip } from '../../runs/run-state-chip.tsx';
import type { Formats } from '../../time/formats.ts';
import { datesOf, secondsOf } from './run-words.ts';

type RunColumnContext = {
  readonly t: TFunction<'runs'>;
  readonly formats: Formats;
  readonly zone: string;
};

export function runColumns({ t, formats, zone }: RunColumnContext): readonly TableColumn<RunSummary>[] {
  const count = (
    id: 'inserted' | 'changed' | 'unchanged' | 'unlinked' | 'invalid',
    width: number,
  ): TableColumn<RunSummary> => ({
    id,
    title: t(`column.${id}`),
    width,
    align: 'end',
    cell: ({ counts }) => formats.number(counts[id]),
    sortBy: ({ counts }) => counts[id],
  });
  return [
    {
      id: 'startedAt',
      title: t('column.startedAt'),
      width: 112,
      isPinned: true,
      cell: ({ startedAt }) => formats.moment(startedAt, zone),
      sortBy: ({ startedAt }) => startedAt,
    },
    {
      id: 'state',
      title: t('column.state'),
      width: 116,
      cell: ({ state }) => <RunStateChip state={state} />,
      sortBy: ({ state }) => state,
    },
    {
      id: 'dates',
      title: t('column.dates'),
      width: 120,
      grows: true,
      cell: (run) => datesOf(run, formats),
      sortBy: ({ from }) => from,
    },
    {
      id: 'problems',
      title: t('column.problems'),
      width: 84,
      align: 'end',
      cell: ({ problems }) => formats.number(problems),
      sortBy: ({ problems }) => problems,
    },
    count('inserted', 64),
    count('changed', 78),
    count('unchanged', 92),
    count('unlinked', 84),
    count('invalid', 92),
    {
      id: 'trigger',
      title: t('column.trigger'),
      width: 88,
      cell: ({ trigger }) => t(`trigger.${trigger}`),
      sortBy: ({ trigger }) => trigger,
    },
    {
      id: 'seconds',
      title: t('column.seconds'),
      width: 64,
      align: 'end',
      cell: (run) => {
        const seconds = secondsOf(run);
        return seconds === null ? null : t('seconds', { seconds: formats.number(seconds) });
      },
      sortBy: secondsOf,
    },
  ];
}

/** On narrow screens: when, how it ended, and whether somebody has to look. */
export function narrowRunColumns(context: RunColumnContext): readonly TableColumn<RunSummary>[] {
  const { t, formats, zone } = context;
  return [
    {
      id: 'startedAt',
      title: t('column.startedAt'),
      width: 150,
      grows: true,
      isPinned: true,
      cell: (run) => (
        <>
          {formats.moment(run.startedAt, zone)}
          <br />
          {datesOf(run, formats)}
        </>
      ),
      sortBy: ({ startedAt }) => startedAt,
    },
    {
      id: 'state',
      title: t('column.state'),
      width: 130,
      cell: ({ state, problems }) => (
        <>
          <RunStateChip state={state} />
          <br />
          {t('problemCount', { count: problems })}
        </>
      ),
      sortBy: ({ state }) => state,
    },
  ];
}
