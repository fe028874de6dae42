import { describe, expect, it } from 'vitest';
import { processZones, runInZone } from '../../test/support/process-zones/run-in-zone.ts';

describe('the zone of the process', () => {
  it.each(processZones)('changes neither times nor dates: %s', async (zone) => {
    expect(await runInZone('print-times.ts', zone)).toEqual({
      punch: { date: '2026-03-10', instant: '2026-03-10T03:42:00Z', in: { time: '09:12', dayOffset: 0 } },
      punchWithoutOffset: {
        date: '2026-03-10',
        instant: '2026-03-10T03:42:00Z',
        in: { time: '09:12', dayOffset: 0 },
      },
      afterMidnight: {
        date: '2026-03-10',
        instant: '2026-03-10T18:35:00Z',
        in: { time: '00:05', dayOffset: 1 },
      },
      dates: ['2026-03-23', '2026-03-23', '2026-03-23', '2026-03-23'],
      today: '2026-03-12',
      yesterday: '2026-03-11',
    });
  });
});
