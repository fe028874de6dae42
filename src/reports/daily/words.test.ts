import { describe, expect, it } from 'vitest';
import { dayFlags, dayStatuses } from '../../attendance/evaluate-day.ts';
import type { ReportFlag, ReportStatus } from './daily-row.ts';
import { flagText, statusText } from './words.ts';

const statuses: readonly ReportStatus[] = [...dayStatuses, 'no_record', 'not_read_yet', 'not_linked'];
const flags: readonly ReportFlag[] = [
  ...dayFlags,
  'not_linked',
  'no_employee_id',
  'no_source_person',
  'outside_employment',
  'leaver',
  'changed',
  'withdrawn',
  'multiple_records',
];

describe('the words of the Daily Attendance report', () => {
  it('name every status and every flag, each in its own words', () => {
    const words = [...statuses.map((status) => statusText(status, 0)), ...flags.map(flagText)];
    for (const text of words) expect(text).toMatch(/^[A-Za-z][A-Za-z0-9 ()-]+$/);
    expect(new Set(words).size).toBe(words.length);
  });

  it('show the number of a day type that nobody knows', () => {
    expect(statusText('unknown_day_type', 9)).toBe('Unknown (9)');
    expect(statusText('unknown_day_type', null)).toBe('Unknown');
  });
});
