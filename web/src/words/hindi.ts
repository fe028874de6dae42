import type { english } from './english.ts';
import type { englishOfAccount } from './english-of-account.ts';
import type { englishOfConnections } from './english-of-connections.ts';
import type { englishOfDirectory } from './english-of-directory.ts';
import type { englishOfPalette } from './english-of-palette.ts';
import type { englishOfReports } from './english-of-reports.ts';
import type { englishOfRules } from './english-of-rules.ts';
import { account } from './hindi/account.ts';
import { attendance } from './hindi/attendance.ts';
import { backfills } from './hindi/backfills.ts';
import { connections } from './hindi/connections.ts';
import { daily } from './hindi/daily.ts';
import { directory } from './hindi/directory.ts';
import { employees } from './hindi/employees.ts';
import { entrance } from './hindi/entrance.ts';
import { exclusions } from './hindi/exclusions.ts';
import { failures } from './hindi/failures.ts';
import { imports } from './hindi/imports.ts';
import { links } from './hindi/links.ts';
import { members } from './hindi/members.ts';
import { organisation } from './hindi/organisation.ts';
import { overview } from './hindi/overview.ts';
import { palette } from './hindi/palette.ts';
import { problems } from './hindi/problems.ts';
import { reports } from './hindi/reports.ts';
import { rules } from './hindi/rules.ts';
import { runs } from './hindi/runs.ts';
import { settings } from './hindi/settings.ts';
import { shell } from './hindi/shell.ts';
import { table } from './hindi/table.ts';
import { teams } from './hindi/teams.ts';
import { time } from './hindi/time.ts';
import type { Translated } from './translated.ts';

export const hindi: Translated<
  typeof english &
    typeof englishOfAccount &
    typeof englishOfConnections &
    typeof englishOfDirectory &
    typeof englishOfPalette &
    typeof englishOfReports &
    typeof englishOfRules
> = {
  account,
  settings,
  attendance,
  backfills,
  connections,
  daily,
  directory,
  employees,
  entrance,
  failures,
  exclusions,
  imports,
  links,
  members,
  organisation,
  rules,
  overview,
  palette,
  problems,
  reports,
  runs,
  shell,
  table,
  teams,
  time,
};
