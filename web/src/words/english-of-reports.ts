import { reports } from './english/reports.ts';

/** Words that come with the pages of the reports, and not before. */
export const englishOfReports = { reports };
