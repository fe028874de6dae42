import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { ReportFlag, ReportStatus } from '../../../../src/contract/daily-report.ts';
import { dayTypeKey } from '../../attendance/day-type-key.ts';
import { StatusChip } from '../../attendance/status-chip.tsx';
import { statusMarks } from '../../attendance/status-marks.ts';
import type { reports } from '../../words/english/reports.ts';

export type WordTools = {
  readonly t: TFunction<'reports'>;
  readonly tAttendance: TFunction<'attendance'>;
};

type Code = string | number | readonly string[];
type Words = (typeof reports)['worded'];

/** What programs get as a code, in the reader's words. A code that only a newer server has is shown as it is. */
export function showWorded(column: string, code: Code, { t, tAttendance }: WordTools): ReactNode {
  switch (column) {
    case 'status':
      return typeof code === 'string' && isStatus(code) ? <StatusChip status={code} /> : String(code);
    case 'flags':
      return each(code, (flag) => tAttendance(`flag.${flag as ReportFlag}`, { defaultValue: flag }), ', ');
    case 'toDo':
      return each(
        code,
        (flag) => t(`worded.toDo.${flag as keyof Words['toDo']}`, { defaultValue: flag }),
        '; ',
      );
    case 'dayType':
      return tAttendance(`dayType.${dayTypeKey(Number(code))}`, { number: String(code) });
    case 'firstInSource':
    case 'lastOutSource':
      return t(`worded.source.${String(code) as keyof Words['source']}`, {
        defaultValue: t('worded.sourceOther', { number: String(code) }),
      });
    case 'field':
      return t(`worded.field.${String(code) as keyof Words['field']}`, { defaultValue: String(code) });
    default:
      return String(code);
  }
}

function each(code: Code, wordOf: (one: string) => string, between: string): string {
  const all = Array.isArray(code) ? code : [String(code)];
  return all.map((one) => wordOf(String(one))).join(between);
}

function isStatus(text: string): text is ReportStatus {
  return Object.hasOwn(statusMarks, text);
}
