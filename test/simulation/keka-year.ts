import type { SandboxControl } from '../../sandbox/control/sandbox-control.ts';
import { guid, record } from '../../sandbox/testing/small-scenario.ts';
import type { Dice } from './dice.ts';

type WireRecord = Readonly<Record<string, unknown>>;

/** What Keka has on each date, by person. It changes only through here, so the test knows it without asking anybody. */
export type KekaYear = {
  /** Everybody has worked on a date, and Keka has it. */
  work(date: string): void;
  /** Somebody regularises a day, loses a punch, or is taken off a day; `today` limits how old the day may be. */
  correct(today: string, dice: Dice): void;
  /** The records of a date as they are now, by person. */
  recordsOf(date: string): ReadonlyMap<string, string>;
};

const oldestCorrectionDays = 33;

export function createKekaYear(control: SandboxControl, people: number): KekaYear {
  const dates = new Map<string, Map<string, WireRecord>>();
  const put = (date: string, person: number, value: WireRecord): void => {
    const ofDate = dates.get(date) ?? new Map<string, WireRecord>();
    dates.set(date, ofDate.set(guid(person), value));
  };
  return {
    work(date) {
      const records = Array.from({ length: people }, (_, index) => record(index + 1, date));
      for (const [index, value] of records.entries()) put(date, index + 1, value);
      control.upsertAttendance(records);
    },
    correct(today, dice) {
      const age = 1 + dice.below(oldestCorrectionDays);
      const date = Temporal.PlainDate.from(today).subtract({ days: age }).toString();
      if (!dates.has(date)) return;
      const person = 1 + dice.below(people);
      const minute = String(dice.below(60)).padStart(2, '0');
      const out = { timestamp: `${date}T12:${minute}:30Z`, employeeIdentifier: guid(person), punchStatus: 1 };
      const kinds: readonly (() => WireRecord | null)[] = [
        () => record(person, date, { lastOutOfTheDay: out }),
        () => record(person, date, { lastOutOfTheDay: null, totalGrossHours: 0 }),
        () => record(person, date, { dayType: 1, firstInOfTheDay: null, lastOutOfTheDay: null }),
        () => null,
      ];
      // Rarely a whole record goes: were it often, a date would in time look as if half of the company were lost.
      const changed = kinds[dice.happens(0.1) ? 3 : dice.below(3)]?.() ?? null;
      if (changed === null) {
        dates.get(date)?.delete(guid(person));
        control.removeAttendance([{ date, employeeIdentifier: guid(person) }]);
      } else {
        put(date, person, changed);
        control.upsertAttendance([changed]);
      }
    },
    recordsOf: (date) =>
      new Map([...(dates.get(date) ?? [])].map(([person, value]) => [person, canonical(value)])),
  };
}

/** The same text for the same record, whatever order a database gives its members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
