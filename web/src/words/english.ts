import { attendance } from './english/attendance.ts';
import { daily } from './english/daily.ts';
import { entrance } from './english/entrance.ts';
import { failures } from './english/failures.ts';
import { members } from './english/members.ts';
import { organisation } from './english/organisation.ts';
import { overview } from './english/overview.ts';
import { problems } from './english/problems.ts';
import { runs } from './english/runs.ts';
import { settings } from './english/settings.ts';
import { shell } from './english/shell.ts';
import { table } from './english/table.ts';
import { time } from './english/time.ts';

/**
 * The words that are there from the start, by the part that shows them; others come with their pages (english-of-*.ts).
 * Hindi has the same keys; a test compares.
 */
export const english = {
  settings,
  attendance,
  daily,
  entrance,
  failures,
  members,
  organisation,
  overview,
  problems,
  runs,
  shell,
  table,
  time,
};
