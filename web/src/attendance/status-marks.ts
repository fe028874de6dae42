import type { ReportStatus } from '../../../src/contract/daily-report.ts';
import type { StateMark } from '../parts/state-chip.tsx';

/** Colour and shape of each status; the word stands beside them. */
export const statusMarks: Readonly<Record<ReportStatus, StateMark>> = {
  present: { tone: 'good', shape: 'dot' },
  half_day: { tone: 'good', shape: 'half' },
  absent: { tone: 'bad', shape: 'cross' },
  on_leave: { tone: 'holiday', shape: 'dash' },
  weekly_off: { tone: 'off', shape: 'dash' },
  half_weekly_off: { tone: 'off', shape: 'half' },
  holiday: { tone: 'holiday', shape: 'diamond' },
  unknown_day_type: { tone: 'doubt', shape: 'question' },
  in_progress: { tone: 'open', shape: 'ring' },
  pending: { tone: 'open', shape: 'clock' },
  no_record: { tone: 'doubt', shape: 'square' },
  not_read_yet: { tone: 'off', shape: 'dotted' },
  not_linked: { tone: 'doubt', shape: 'broken' },
};
