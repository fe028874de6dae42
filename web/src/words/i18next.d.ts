import type { english } from './english.ts';
import type { englishOfBackfills } from './english-of-backfills.ts';
import type { englishOfDirectory } from './english-of-directory.ts';
import type { englishOfReports } from './english-of-reports.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    returnNull: false;
    resources: typeof english &
      typeof englishOfBackfills &
      typeof englishOfDirectory &
      typeof englishOfReports;
  }
}
