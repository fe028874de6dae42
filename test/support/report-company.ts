import { guid, profile, record, smallScenario } from '../../sandbox/testing/small-scenario.ts';
import type { Stage, Stages } from './case-stage.ts';

/** Monday, 2 March, to the Monday after; the Tuesday was never read. It is Thursday, 12 March, in India. */
export const firstDay = '2026-03-02';
export const lastDay = '2026-03-09';
export const neverRead = '2026-03-10';

/**
 * Six employees and one person in Keka whom nobody knows, over eight days. Golden numbers are counted from this table:
 *
 *         Mon 2   Tue 3   Wed 4   Thu 5   Fri 6     Sat 7  Sun 8  Mon 9
 *  E1     P       P       P       A       holiday*  off    off    A        Asha Rao, Sales, Pune
 *  E2     P       no out  late    night   holiday   off    off    P        Binod Jha, Sales, Pune
 *  E3     A       A       A       early   holiday   off    off    A        Chitra Sen, Support, Delhi
 *  E4     -       -       P       A       holiday   off    off    A        José Pérez, Support, Delhi, since Wed 4
 *  00123  P       A       P       none    holiday   off    off    late1    प्रिया शर्मा, no team, no place
 *  E6     not linked, nobody in Keka has this Employee ID                  Farid Khan, Support, Delhi
 *  (E7)   P       P       nothing after that                               Asha Rao 7, in no directory
 *
 * The shift is from 09:30 to 18:30 and asks for 480 minutes. Minutes gross and effective, 52 of break in each:
 *  P       09:12 to 18:40          568, 516        late    09:45 to 18:40   535, 483: 15 late
 *  early   09:12 to 17:00          468, 416: 90    late1   09:31 to 18:40   549, 497: 1 late
 *  night   09:12 to 00:40 (+1)     928, 876, of which 396 are overtime; the out by the web, the rest at the gate
 * `no out` is in at 09:12; `holiday*` is P on a holiday; `none` is a date that was read and has no record.
 */
export async function openReportCompany(stages: Stages, name?: string): Promise<Stage> {
  const stage = await stages.open({
    ...(name === undefined ? {} : { name }),
    scenario: scenario(),
    directory,
  });
  await stage.fetch(firstDay, lastDay);
  return stage;
}

const directory = [
  'employee_id,first_name,last_name,email,team,location,joining_date',
  'E1,Asha,Rao,asha@acme.example,Sales,Pune,',
  'E2,Binod,Jha,binod@acme.example,Sales,Pune,',
  'E3,Chitra,Sen,chitra@acme.example,Support,Delhi,',
  'E4,José,Pérez,jose@acme.example,Support,Delhi,2026-03-04',
  '00123,प्रिया,शर्मा,priya@acme.example,,,',
  'E6,Farid,Khan,farid@acme.example,Support,Delhi,',
].join('\n');

const noHours = { totalGrossHours: 0, totalEffectiveHours: 0, totalBreakDuration: 0 };
const absent = () => ({ firstInOfTheDay: null, lastOutOfTheDay: null, ...noHours });
const holiday = () => ({ ...absent(), dayType: 1 });
const off = () => ({ ...absent(), dayType: 2 });

const minutes = (gross: number) => ({
  totalGrossHours: gross / 60,
  totalEffectiveHours: (gross - 52) / 60,
  totalBreakDuration: 52 / 60,
});

function punch(person: number, timestamp: string, punchStatus: number, changes: object = {}): object {
  return {
    timestamp,
    employeeIdentifier: guid(person),
    punchStatus,
    attendanceLogSource: 0,
    manualClockinType: 0,
    premiseName: 'Main Gate',
    locationAddress: null,
    ...changes,
  };
}

/** In and Out by the clock in UTC. */
const at =
  (firstIn: string, lastOut: string, gross: number) =>
  (person: number, day: string): object => ({
    firstInOfTheDay: punch(person, `${day}T${firstIn}:00Z`, 0),
    lastOutOfTheDay: punch(person, `${day}T${lastOut}:00Z`, 1),
    ...minutes(gross),
  });
const present = at('03:42', '13:10', 568);
const late = at('04:15', '13:10', 535);
const lateByOne = at('04:01', '13:10', 549);
const early = at('03:42', '11:30', 468);
const noOut = (person: number, day: string) => ({
  firstInOfTheDay: punch(person, `${day}T03:42:00Z`, 0),
  lastOutOfTheDay: null,
  ...noHours,
});
const night = (person: number, day: string) => ({
  ...at('03:42', '19:10', 928)(person, day),
  lastOutOfTheDay: punch(person, `${day}T19:10:00Z`, 1, {
    attendanceLogSource: 1,
    premiseName: 'Web Clock In',
  }),
  totalEffectiveOvertimeDuration: 396 / 60,
});
const onHoliday = (person: number, day: string) => ({ ...present(person, day), dayType: 1 });

const days = [2, 3, 4, 5, 6, 7, 8, 9].map((day) => `2026-03-0${day}`);
type Day = (person: number, day: string) => object;
/** By person, for each day; null is no record. */
const plan: Readonly<Record<number, readonly (Day | null)[]>> = {
  1: [present, present, present, absent, onHoliday, off, off, absent],
  2: [present, noOut, late, night, holiday, off, off, present],
  3: [absent, absent, absent, early, holiday, off, off, absent],
  4: [null, null, present, absent, holiday, off, off, absent],
  5: [present, absent, present, null, holiday, off, off, lateByOne],
  7: [present, present, null, null, null, null, null, null],
};

function scenario() {
  const numberOf = (person: string) => (person === '5' ? '00123' : `E${person}`);
  const people = Object.keys(plan);
  return smallScenario(0, [], {
    employees: people.map((person) => profile(Number(person), { employeeNumber: numberOf(person) })),
    attendance: Object.entries(plan).flatMap(([person, ofDays]) =>
      ofDays.flatMap((make, index) => {
        const [number, day = ''] = [Number(person), days[index]];
        const employeeNumber = numberOf(person);
        return make === null ? [] : [record(number, day, { employeeNumber, ...make(number, day) })];
      }),
    ),
  });
}
