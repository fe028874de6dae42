import { asOfText } from '../render-report-table.ts';
import { renderTable } from '../render-table.ts';
import type { JsonCell } from '../shape/cells.ts';
import type { SummaryReport } from './read-summary.ts';
import type { Card } from './summarise.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** The figures for a terminal: cards, days, and when people come. */
export function renderSummary(summary: SummaryReport): string {
  const { cards, days } = summary;
  const dates = `${summary.from} to ${summary.to}`;
  const hours = [...new Set(summary.arrivals.map(({ hour }) => hour))].toSorted((a, b) => a - b);
  const countAt = (weekday: number, hour: number) =>
    summary.arrivals.find((one) => one.weekday === weekday && one.hour === hour)?.people ?? null;
  return [
    ...summary.warnings.map((warning) => `! ${warning}`),
    `Summary · ${dates} · against ${summary.previousFrom} to ${summary.previousTo} · times in ${summary.zone} · ${asOfText(summary)}`,
    '',
    cardText('Attendance', cards.attendancePercent, '%', 'points'),
    cardText('Late', cards.latePercent, '%', 'points'),
    cardText('Working time', cards.effectiveMinutes, ' minutes', '%'),
    cardText('Breaks', cards.breakMinutes, ' minutes', '%'),
    '',
    renderTable(
      ['date', 'people', 'present', 'absent', 'late', 'attendancePercent', 'latePercent'].map((id) => ({
        name: id.replace('Percent', ' %'),
        cell: (day: (typeof days)[number]) => plainCell(day[id]),
      })),
      days,
    ),
    '',
    hours.length === 0
      ? 'Nobody came.'
      : renderTable(
          [
            { name: 'First in', cell: (hour: number) => `${String(hour).padStart(2, '0')}:00` },
            ...weekdays.map((name, index) => ({ name, cell: (hour: number) => countAt(index + 1, hour) })),
          ],
          hours,
        ),
  ].join('\n');
}

function cardText(name: string, { value, previous, change }: Card, unit: string, ofChange: string): string {
  const now = value === null ? 'not known' : `${value}${unit}`;
  if (previous === null) return `${name}: ${now}`;
  const sign = change !== null && change > 0 ? '+' : '';
  return `${name}: ${now} (before: ${previous}${unit}${change === null ? '' : `, ${sign}${change} ${ofChange}`})`;
}

function plainCell(value: JsonCell | undefined): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
