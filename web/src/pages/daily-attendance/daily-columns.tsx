import type { TFunction } from 'i18next';
import type { DailyRow, ReportPunch } from '../../../../src/contract/daily-report.ts';
import { DayBar } from '../../attendance/day-bar.tsx';
import type { DayScale } from '../../attendance/day-scale.ts';
import { FlagList } from '../../attendance/flag-list.tsx';
import { PunchTime } from '../../attendance/punch-time.tsx';
import { StatusChip } from '../../attendance/status-chip.tsx';
import type { TableColumn } from '../../parts/data-table/table-column.ts';
import type { Formats } from '../../time/formats.ts';
import classes from './daily-columns.module.css';

export type ColumnContext = {
  readonly t: TFunction<'daily'>;
  readonly formats: Formats;
  readonly scale: DayScale;
  readonly zone: string;
};

type MinutesColumn = 'effective' | 'gross' | 'break' | 'expected' | 'late' | 'earlyOut' | 'overtime';
const shownAtFirst: ReadonlySet<MinutesColumn> = new Set(['effective', 'late']);

/** Most people are on time: a zero in every line would hide those who are not. */
function aboveNothing(minutes: number | null): number | null {
  return minutes === 0 ? null : minutes;
}

/** Every column of the table, in its order. */
export function dailyColumns(context: ColumnContext): readonly TableColumn<DailyRow>[] {
  const { t, formats, scale } = context;
  const minutes = (id: MinutesColumn, value: (row: DailyRow) => number | null) => ({
    id,
    title: t(`column.${id}`),
    width: 68,
    align: 'end' as const,
    cell: (row: DailyRow) => durationOf(value(row), formats),
    sortBy: value,
    ...(shownAtFirst.has(id) ? {} : { isExtra: true }),
  });
  return [
    {
      id: 'name',
      title: t('column.name'),
      width: 164,
      isPinned: true,
      cell: (row) => <PersonName row={row} t={t} />,
      sortBy: (row) => row.name,
    },
    {
      id: 'employeeId',
      title: t('column.employeeId'),
      width: 100,
      cell: (row) => <Code row={row} />,
      sortBy: (row) => row.employeeId ?? row.employeeNumber,
    },
    { ...textColumn('team', 124, context), isExtra: false },
    {
      id: 'status',
      title: t('column.status'),
      width: 126,
      cell: (row) => <StatusChip status={row.status} dayType={row.dayType} />,
      sortBy: (row) => row.status,
    },
    punchColumn('firstIn', context),
    punchColumn('lastOut', context),
    {
      id: 'day',
      title: `${formats.hour(scale.from)} – ${formats.hour(scale.to)}${scale.to > 1440 ? ' +1' : ''}`,
      width: 150,
      grows: true,
      cell: (row) => <DayBar row={row} scale={scale} />,
    },
    minutes('effective', (row) => row.effectiveMinutes),
    minutes('gross', (row) => row.grossMinutes),
    minutes('break', (row) => row.breakMinutes),
    minutes('expected', (row) => row.expectedMinutes),
    minutes('late', (row) => aboveNothing(row.lateMinutes)),
    minutes('earlyOut', (row) => aboveNothing(row.earlyOutMinutes)),
    minutes('overtime', (row) => aboveNothing(row.overtimeMinutes)),
    {
      id: 'flags',
      title: t('column.flags'),
      width: 146,
      cell: (row) => <FlagList row={row} atMost={1} />,
      sortBy: (row) => (row.flags.length === 0 ? null : row.flags.length),
    },
    ...extraColumns(context),
  ];
}

/** Columns of which few people need any. */
function extraColumns(context: ColumnContext): readonly TableColumn<DailyRow>[] {
  const { t, formats, zone } = context;
  return [
    {
      id: 'premise',
      title: t('column.premise'),
      width: 180,
      isExtra: true,
      cell: premiseOf,
      sortBy: premiseOf,
    },
    textColumn('location', 130, context),
    textColumn('designation', 150, context),
    textColumn('email', 210, context),
    textColumn('employeeNumber', 112, context),
    textColumn('connection', 110, context),
    {
      id: 'shift',
      title: t('column.shift'),
      width: 120,
      isExtra: true,
      cell: (row) => shiftOf(row, formats, zone),
      sortBy: (row) => row.shiftStart,
    },
    {
      id: 'lastFetched',
      title: t('column.lastFetched'),
      width: 130,
      isExtra: true,
      cell: ({ lastFetchedAt }) => (lastFetchedAt === null ? null : formats.moment(lastFetchedAt, zone)),
      sortBy: (row) => row.lastFetchedAt,
    },
  ];
}

function textColumn(
  id: 'team' | 'location' | 'designation' | 'email' | 'employeeNumber' | 'connection',
  width: number,
  { t }: ColumnContext,
): TableColumn<DailyRow> {
  return {
    id,
    title: t(`column.${id}`),
    width,
    isExtra: true,
    cell: (row) => row[id],
    sortBy: (row) => row[id],
  };
}

/** On narrow screens: who, what, when. The rest is one tap away. */
export function narrowColumns({ t }: ColumnContext): readonly TableColumn<DailyRow>[] {
  return [
    {
      id: 'name',
      title: t('column.person'),
      width: 180,
      grows: true,
      isPinned: true,
      cell: (row) => (
        <span className={classes.stacked}>
          <span className={classes.cut}>
            <PersonName row={row} t={t} />
          </span>
          <StatusChip status={row.status} dayType={row.dayType} />
        </span>
      ),
      sortBy: (row) => row.name,
    },
    {
      id: 'times',
      title: t('column.times'),
      width: 116,
      align: 'end',
      cell: (row) => (
        <span className={classes.stacked}>
          <PunchTime punch={row.firstIn} />
          <PunchTime punch={row.lastOut} />
        </span>
      ),
      sortBy: (row) => row.firstIn?.instant ?? null,
    },
  ];
}

function punchColumn(id: 'firstIn' | 'lastOut', { t }: ColumnContext): TableColumn<DailyRow> {
  return {
    id,
    title: t(`column.${id}`),
    width: 68,
    align: 'end',
    cell: (row) => <PunchTime punch={row[id]} />,
    sortBy: (row) => row[id]?.instant ?? null,
  };
}

function PersonName({ row, t }: { readonly row: DailyRow; readonly t: TFunction<'daily'> }) {
  return row.name === null ? <span className={classes.soft}>{t('noName')}</span> : row.name;
}

/** The Employee ID, or, in brackets, the number in Keka of somebody who is not in the directory. */
function Code({ row: { employeeId, employeeNumber } }: { readonly row: DailyRow }) {
  if (employeeId !== null) return employeeId;
  if (employeeNumber === null) return <span className={classes.soft}>–</span>;
  return <span className={classes.soft}>({employeeNumber})</span>;
}

function durationOf(minutes: number | null, formats: Formats): string | null {
  return minutes === null ? null : formats.duration(minutes);
}

function premiseOf({ firstIn, lastOut }: DailyRow): string | null {
  const premises = new Set([firstIn, lastOut].flatMap((punch: ReportPunch | null) => punch?.premise ?? []));
  return premises.size === 0 ? null : [...premises].join(' → ');
}

function shiftOf({ shiftStart, shiftEnd }: DailyRow, formats: Formats, zone: string): string | null {
  if (shiftStart === null || shiftEnd === null) return null;
  return `${formats.time(shiftStart, zone)} – ${formats.time(shiftEnd, zone)}`;
}
