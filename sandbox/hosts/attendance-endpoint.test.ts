import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { Scenario } from '../scenario/parse-scenario.ts';
import type { SwitchChanges } from '../scenario/switches.ts';
import type { Sandbox } from '../start-sandbox.ts';
import { ask, envelope, type Reply, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { guid, record, smallScenario } from '../testing/small-scenario.ts';

const start = sandboxPerTest();

async function open(scenario: Scenario, clock?: FakeClock) {
  const sandbox = await start(scenario, clock);
  // A new token each time, because some tests move the clock by weeks.
  const read = async (query: string): Promise<Reply> =>
    ask(sandbox, `/time/attendance${query}`, { token: await signIn(sandbox) });
  return { sandbox, read };
}

function dates(reply: Reply): readonly unknown[] {
  return records(reply).map((row) => String(row['attendanceDate']).slice(0, 10));
}

/** The reason of a refusal, which stands in errors and not in message. */
function reason(reply: Reply): unknown {
  expect(reply.status).toBe(400);
  const refusal = envelope(reply);
  expect(refusal).toMatchObject({ succeeded: false, message: 'An Error Occured', data: null });
  return refusal['errors'];
}

const aroundNow = Array.from({ length: 40 }, (_, index) =>
  Temporal.PlainDate.from('2026-03-14').subtract({ days: index }).toString(),
);

describe('the range of an attendance query', () => {
  it('includes both ends', async () => {
    const { read } = await open(smallScenario(1, aroundNow));
    expect(dates(await read('?from=2026-03-09&to=2026-03-11'))).toEqual([
      '2026-03-09',
      '2026-03-10',
      '2026-03-11',
    ]);
    expect(dates(await read('?from=2026-03-11&to=2026-03-11'))).toEqual(['2026-03-11']);
  });

  it('is the last 30 days when none is given, and ends today when only its start is', async () => {
    const { read } = await open(smallScenario(1, aroundNow));
    const found = dates(await read(''));
    expect([found.length, found.at(0), found.at(-1)]).toEqual([31, '2026-02-10', '2026-03-12']);
    expect(dates(await read('?from=2026-03-11'))).toEqual(['2026-03-11', '2026-03-12']);
    expect(dates(await read('?to=2026-02-04')).at(0)).toBe('2026-02-03');
  });

  it('counts today in the zone of the company', async () => {
    const lateEvening = new FakeClock('2026-03-11T19:45:00Z'); // 01:15 on the 12th in India
    const { read } = await open(
      smallScenario(1, aroundNow, { tenantChanges: { clock: { start: null } } }),
      lateEvening,
    );
    expect(dates(await read('')).at(-1)).toBe('2026-03-12');
  });

  it.each([
    ['2026-03-11', '2026-03-11'],
    ['2026-03-11T00:00:00Z', '2026-03-11'],
    ['2026-03-11T23:59:59.999Z', '2026-03-11'],
    ['2026-03-11T00:00:00', '2026-03-11'],
    ['2026-03-11T00:00:00%2B05:30', '2026-03-10'], // midnight in India is the evening before in UTC
  ])('understands %s', async (text, day) => {
    const { read } = await open(smallScenario(1, aroundNow));
    expect(dates(await read(`?from=${text}&to=${text}`))).toEqual([day]);
  });

  it.each(['yesterday', '2026-02-30', '11-03-2026', '2026-03-11T00:00:00 05:30'])(
    'answers 400 in the framework’s own shape for %s',
    async (text) => {
      const { read } = await open(smallScenario(1, aroundNow));
      const reply = await read(`?from=${text}`);
      expect(reply.status).toBe(400);
      expect(reply.headers.get('content-type')).toContain('problem+json');
      expect(JSON.parse(reply.text)).toMatchObject({ status: 400, errors: { from: [expect.any(String)] } });
    },
  );

  it('may not run backwards', async () => {
    const { read } = await open(smallScenario(1, aroundNow));
    expect(reason(await read('?from=2026-03-11&to=2026-03-10'))).toEqual([
      expect.stringContaining('earlier'),
    ]);
  });

  it('may span 90 days, but not 91', async () => {
    const { read, sandbox } = await open(smallScenario(1, aroundNow));
    sandbox.control.changeSwitches({ ageLimit: 'none' });
    expect((await read('?from=2025-12-11&to=2026-03-11')).status).toBe(200);
    expect(reason(await read('?from=2025-12-10&to=2026-03-11'))).toEqual([
      expect.stringContaining('90 days'),
    ]);
    sandbox.control.changeSwitches({ maximumRangeDays: 30 });
    expect(reason(await read('?from=2026-02-08&to=2026-03-11'))).toEqual([
      expect.stringContaining('30 days'),
    ]);
  });

  it('may not begin more than three months ago, and says so in the known words', async () => {
    const { read, sandbox } = await open(smallScenario(1, aroundNow));
    expect((await read('?from=2025-12-12&to=2025-12-13')).status).toBe(200);
    const [text] = reason(await read('?from=2025-12-11&to=2025-12-13')) as string[];
    expect(text).toContain('last three months only');
    expect(text).toContain('allowed to access attendance summary');
    sandbox.control.changeSwitches({ ageLimit: 'ninety-days' });
    expect((await read('?from=2025-12-12&to=2025-12-13')).status).toBe(200);
    expect((await read('?from=2025-12-11&to=2025-12-13')).status).toBe(400);
    sandbox.control.setClock('2026-03-15T05:30:00Z');
    expect((await read('?from=2025-12-14&to=2025-12-15')).status).toBe(400);
    sandbox.control.changeSwitches({ ageLimit: 'none' });
    expect((await read('?from=2020-01-01&to=2020-01-31')).status).toBe(200);
  });

  it('may be one day unless the switch forbids it', async () => {
    const { read, sandbox } = await open(smallScenario(1, aroundNow));
    sandbox.control.changeSwitches({ singleDayRange: 'refused' });
    reason(await read('?from=2026-03-11&to=2026-03-11'));
    expect((await read('?from=2026-03-10&to=2026-03-11')).status).toBe(200);
  });

  it('may end in the future', async () => {
    const { read } = await open(smallScenario(1, aroundNow));
    expect(dates(await read('?from=2026-03-12&to=2026-04-12'))).toEqual([
      '2026-03-12',
      '2026-03-13',
      '2026-03-14',
    ]);
  });

  it.each([
    ['map', { request: [expect.any(String)] }],
    ['null', null],
    ['missing', undefined],
  ] as const)('is refused with errors as %s where the switch says so', async (errorsShape, expected) => {
    const { read, sandbox } = await open(smallScenario(1, aroundNow));
    sandbox.control.changeSwitches({ errorsShape });
    expect(reason(await read('?from=2026-03-11&to=2026-03-10'))).toEqual(expected);
  });
});

describe('the other parameters of an attendance query', () => {
  it('choose people by GUID in any spelling, never by number', async () => {
    const { read } = await open(smallScenario(5, ['2026-03-11']));
    const rows = records(await read(`?employeeIds=${guid(2).toUpperCase()},%20${guid(4)}`));
    expect(rows.map((row) => row['employeeNumber'])).toEqual(['E2', 'E4']);
    expect(records(await read('?employeeIds=E2'))).toEqual([]);
    expect(records(await read('?employeeIds='))).toHaveLength(5);
  });

  it('refuse an unknown GUID where the switch says so', async () => {
    const { read, sandbox } = await open(smallScenario(2, ['2026-03-11']));
    sandbox.control.changeSwitches({ unknownEmployeeIds: 'refuse' });
    expect(reason(await read(`?employeeIds=${guid(77)}`))).toEqual(['Invalid Employee ID']);
    expect((await read(`?employeeIds=${guid(1)}`)).status).toBe(200);
  });

  it('do nothing when they are misspelt, unless strict', async () => {
    const { read, sandbox } = await open(smallScenario(1, aroundNow));
    expect(dates(await read('?fromDate=2026-03-11&toDate=2026-03-11&limit=1'))).toHaveLength(31);
    sandbox.control.changeSwitches({ unknownParameters: 'refuse' });
    expect((await read('?fromDate=2026-03-11')).status).toBe(400);
    expect((await read('?from=2026-03-11')).status).toBe(200);
  });
});

describe('the records', () => {
  it('are served as written, in the order in which they were written', async () => {
    const written = [record(3, '2026-03-11'), record(1, '2026-03-11', { extra: { deep: [1.5, null] } })];
    const { read } = await open(smallScenario(0, [], { attendance: written }));
    expect(records(await read('?from=2026-03-11&to=2026-03-11'))).toEqual(written);
  });

  it('can be damaged, twice the same, or of another date than they are filed under', async () => {
    const attendance = [
      record(1, '2026-03-11'),
      record(1, '2026-03-11', { dayType: 2 }),
      { $day: '2026-03-11', $record: 'no object' },
      { $day: '2026-03-11', $record: record(2, '2026-01-05') },
      { $day: '2026-03-11', $text: '{"employeeIdentifier": "x", "attendanceDate": 9.0}' },
    ];
    const { read } = await open(smallScenario(0, [], { attendance }));
    const reply = await read('?from=2026-03-11&to=2026-03-11');
    expect(envelope(reply)).toMatchObject({ totalRecords: 5 });
    expect(envelope(reply).data).toMatchObject([
      { dayType: 0 },
      { dayType: 2 },
      'no object',
      { attendanceDate: '2026-01-05T00:00:00Z' },
      { attendanceDate: 9 },
    ]);
    expect(reply.text).toContain('9.0');
  });

  it.each([
    [{ leaveDayStatus: 'zero' }, { leaveDayStatus: 0, dayType: 0 }],
    [{ numbers: 'strings' }, { dayType: '0', totalGrossHours: '8.97' }],
    [{ numbers: 'strings', leaveDayStatus: 'zero' }, { leaveDayStatus: '0' }],
    [{ premiseName: 'null' }, { firstInOfTheDay: expect.objectContaining({ premiseName: null }) as object }],
  ] as [SwitchChanges, object][])('change with %j', async (switches, expected) => {
    const { read, sandbox } = await open(smallScenario(1, ['2026-03-11']));
    sandbox.control.changeSwitches(switches);
    expect(records(await read('?from=2026-03-11&to=2026-03-11'))[0]).toMatchObject(expected);
  });

  it('lose fields with the switches, and get them back', async () => {
    const { read, sandbox } = await open(
      smallScenario(0, [], { attendance: [record(1, '2026-03-11', { leaveDayStatus: 1 })] }),
    );
    sandbox.control.changeSwitches({
      leaveDayStatus: 'removed',
      overtimeFields: 'removed',
      premiseName: 'removed',
      locationAddress: 'removed',
    });
    const { text } = await read('?from=2026-03-11&to=2026-03-11');
    for (const field of ['leaveDayStatus', 'Overtime', 'premiseName', 'locationAddress']) {
      expect(text).not.toContain(field);
    }
    sandbox.control.changeSwitches({
      leaveDayStatus: 'as-written',
      overtimeFields: 'as-written',
      premiseName: 'as-written',
      locationAddress: 'as-written',
    });
    expect(records(await read('?from=2026-03-11&to=2026-03-11'))).toEqual([
      record(1, '2026-03-11', { leaveDayStatus: 1 }),
    ]);
  });

  it('can come by person instead of by date', async () => {
    const { read, sandbox } = await open(smallScenario(2, ['2026-03-10', '2026-03-11']));
    const order = async (): Promise<unknown> =>
      records(await read('?from=2026-03-10')).map((row) => row['employeeNumber']);
    expect(await order()).toEqual(['E1', 'E2', 'E1', 'E2']);
    sandbox.control.changeSwitches({ recordOrder: 'by-person' });
    expect(await order()).toEqual(['E1', 'E1', 'E2', 'E2']);
  });
});

describe('corrections', () => {
  const late = { record: record(1, '2026-03-10', { dayType: 3 }), daysAfter: 3, at: '12:00' };
  const fixed = { record: record(2, '2026-03-11', { dayType: 4 }), from: '2026-03-12T06:00:00Z' };
  const gone = { remove: { employeeIdentifier: guid(3), date: '2026-03-11' }, daysAfter: 2 };
  const dayTypes = (reply: Reply): readonly unknown[] => records(reply).map((row) => row['dayType']);

  async function openCorrected(): Promise<{ sandbox: Sandbox; read: (query: string) => Promise<Reply> }> {
    return open(smallScenario(3, ['2026-03-10', '2026-03-11'], { corrections: [gone, late, fixed] }));
  }

  it('appear at their time and not before', async () => {
    const { read, sandbox } = await openCorrected();
    expect(dayTypes(await read('?from=2026-03-10'))).toEqual([0, 0, 0, 0, 0, 0]);
    sandbox.control.advanceClock('PT30M');
    expect(dayTypes(await read('?from=2026-03-10'))).toEqual([0, 0, 0, 0, 4, 0]);
    sandbox.control.setClock('2026-03-13T06:29:59Z'); // a second before noon in India
    expect(dayTypes(await read('?from=2026-03-10'))).toEqual([0, 0, 0, 0, 4]);
    sandbox.control.setClock('2026-03-13T06:30:00Z');
    expect(dayTypes(await read('?from=2026-03-10'))).toEqual([3, 0, 0, 0, 4]);
  });

  it('do not undo what was put in by hand after they were due', async () => {
    const { read, sandbox } = await openCorrected();
    sandbox.control.setClock('2026-03-20T00:00:00Z');
    sandbox.control.upsertAttendance([record(1, '2026-03-10', { dayType: 1 })]);
    expect(dayTypes(await read('?from=2026-03-10&to=2026-03-10'))).toEqual([1, 0, 0]);
  });
});
