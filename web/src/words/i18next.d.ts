import type { english } from './english.ts';
import type { englishOfAccount } from './english-of-account.ts';
import type { englishOfConnections } from './english-of-connections.ts';
import type { englishOfDirectory } from './english-of-directory.ts';
import type { englishOfPalette } from './english-of-palette.ts';
import type { englishOfReports } from './english-of-reports.ts';
import type { englishOfRules } from './english-of-rules.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell';
    returnNull: false;
    resources: typeof english &
      typeof englishOfAccount &
      typeof englishOfConnections &
      typeof englishOfDirectory &
      typeof englishOfPalette &
      typeof englishOfReports &
      typeof englishOfRules;
  }
}
