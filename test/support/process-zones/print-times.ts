// Prints what this process, whatever its own zone, makes of times and dates. A test compares it between zones.
import { localDay, previousLocalDay, toLocalTime } from '../../../src/attendance/local-time.ts';
import { dayOf, wirePunch } from '../attendance-days.ts';

const zone = 'Asia/Kolkata';
const now = Temporal.Instant.from('2026-03-11T19:45:00Z');

/** The In of a record as the report shows it. */
function shown(timestamp: string, attendanceDate: string) {
  const day = dayOf({ attendanceDate, firstInOfTheDay: wirePunch(timestamp) });
  if (day.firstIn.kind !== 'punch') throw new Error('the punch was not read');
  const { at } = day.firstIn.punch;
  return { date: day.date, instant: at, in: toLocalTime(at, zone, day.date) };
}

process.stdout.write(
  JSON.stringify({
    punch: shown('2026-03-10T03:42:00Z', '2026-03-10T00:00:00Z'),
    punchWithoutOffset: shown('2026-03-10T03:42:00', '2026-03-10T00:00:00'),
    afterMidnight: shown('2026-03-10T18:35:00Z', '2026-03-10T00:00:00Z'),
    dates: ['2026-03-23T00:00:00Z', '2026-03-23T00:00:00+05:30', '2026-03-23T00:00:00', '2026-03-23'].map(
      (attendanceDate) => dayOf({ attendanceDate }).date,
    ),
    today: localDay(now, zone),
    yesterday: previousLocalDay(now, zone),
  }),
);
