import { describe, expect, it } from 'vitest';
import { rangeReports } from '../../../../src/contract/range-reports.ts';
import { changedFieldNames } from '../../../../src/reports/changed-days/changed-days-shape.ts';
import { fileFormats } from '../../../../src/reports/files/format-names.ts';
import { punchSources } from '../../../../src/reports/in-out/in-out-shape.ts';
import { punchMends } from '../../../../src/reports/missing-punches/missing-punches-shape.ts';
import { musterCodes as codesOfServer } from '../../../../src/reports/muster/muster-codes.ts';
import { reports as reportsOfServer } from '../../../../src/reports/reports.ts';
import { reports } from '../../words/english/reports.ts';
import { musterCodes } from './muster-codes.ts';
import { reportFormats } from './report-formats.ts';
import { reportGroups } from './report-list.ts';

const day = Temporal.PlainDate.from('2026-03-01');
/** The screen names the zone once, above, and writes minutes as hours. */
const short = (name: string) => name.replace(/ \((?:times in )?UTC\)$/, '').replace(/ minutes$/, '');

describe('the list of the reports', () => {
  it('has every report of the server once, with its filters', () => {
    const listed = reportGroups.flatMap((group) => group.reports);
    expect(listed.map(({ id }) => id).toSorted()).toEqual(Object.keys(rangeReports).toSorted());
    for (const { id, hasStatus, takes } of listed) {
      const served = reportsOfServer.find((report) => report.id === id);
      expect(served?.mostDays === 31 ? 'month' : 'dates', id).toBe(takes);
      if (hasStatus) expect(served?.filters, id).toContain('status');
    }
  });

  it('offers the files and explains the codes that the server makes', () => {
    expect(reportFormats).toEqual(fileFormats);
    expect(musterCodes).toEqual(codesOfServer);
  });

  it('has words for every code, those of the files', () => {
    const { toDo, source, field } = reports.worded;
    expect(toDo).toEqual(punchMends);
    expect(source).toEqual(punchSources);
    expect(field).toEqual(changedFieldNames);
  });

  it.each(reportsOfServer)('calls $id and its columns what the files call them', (report) => {
    const words = reports.report[report.id as keyof (typeof reports)['report']];
    expect(words).toEqual({ title: report.title, about: report.about, empty: report.whenEmpty });
    const columns: Readonly<Record<string, string>> = reports.column;
    for (const { id, name } of report.columns({ zone: 'UTC', window: { from: day, to: day } })) {
      if (!/^\d/.test(id)) expect(short(columns[id] ?? ''), id).toBe(short(name));
    }
  });
});
