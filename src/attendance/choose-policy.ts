import type { AttendanceDay } from './attendance-day.ts';
import { type DayPolicy, standardPolicy } from './day-policy.ts';

/** What a policy is for; the first that fits a day counts. */
export const policyScopes = ['shift', 'team', 'location', 'organisation'] as const;
export type PolicyScope = (typeof policyScopes)[number];

/** A policy with the days that it is for. Dates are written out, for they are compared for every record. */
export type DatedPolicy = {
  readonly rules: DayPolicy;
  readonly scope: PolicyScope;
  /** A shift as `HH:MM-HH:MM`, the id of a team, the name of a place; null for the whole organisation. */
  readonly subject: string | null;
  readonly from: string;
  readonly to: string | null;
};

/** Where somebody belonged on a date. */
export type Place = { readonly team: string | null; readonly location: string | null };

export type PlaceOf = (sourceGuid: string, date: string) => Place | null;

type PlacedDay = Pick<AttendanceDay, 'sourceGuid' | 'date' | 'shiftStart' | 'shiftEnd'>;

/**
 * Finds the policy of a day: of its shift, else of the person's team, of their place, of the organisation, and of several
 * of one kind the one that began last. Called for every record, so nothing is worked out twice.
 */
export function createPolicyChooser(
  policies: readonly DatedPolicy[],
  placeOf: PlaceOf,
  zone: string,
): (day: PlacedDay) => DayPolicy {
  if (policies.length === 0) return () => standardPolicy;
  const needsShift = policies.some(({ scope }) => scope === 'shift');
  const needsPlace = policies.some(({ scope }) => scope === 'team' || scope === 'location');
  const shiftOf = createShiftNamer(zone);
  const inForce = createDateIndex(policies);
  return (day) => {
    const { date, bySubject } = inForce(day.date);
    if (needsShift) {
      const found = bySubject.get(subjectKey('shift', shiftOf(day.shiftStart, day.shiftEnd)));
      if (found !== undefined) return found;
    }
    if (needsPlace) {
      const place = placeOf(day.sourceGuid, date);
      const found =
        bySubject.get(subjectKey('team', place?.team ?? null)) ??
        bySubject.get(subjectKey('location', place?.location ?? null));
      if (found !== undefined) return found;
    }
    return bySubject.get(ofOrganisation) ?? standardPolicy;
  };
}

/** A place is the same in capitals and with spaces around it. */
function subjectKey(scope: PolicyScope, subject: string | null): string {
  return subject === null ? `${scope} of nobody` : `${scope} ${subject.trim().toLowerCase()}`;
}

const ofOrganisation = 'organisation ';

type PoliciesOfDate = { readonly date: string; readonly bySubject: ReadonlyMap<string, DayPolicy> };

function createDateIndex(policies: readonly DatedPolicy[]): (date: Temporal.PlainDate) => PoliciesOfDate {
  // The one that began last is set last.
  const oldestFirst = policies.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const known = new Map<string, PoliciesOfDate>();
  let latest: { readonly key: Temporal.PlainDate; readonly found: PoliciesOfDate } | null = null;
  return (key) => {
    // Most often it is the very date of the record before.
    if (latest?.key === key) return latest.found;
    const date = key.toString();
    const found = known.get(date) ?? { date, bySubject: inForceOn(oldestFirst, date) };
    known.set(date, found);
    latest = { key, found };
    return found;
  };
}

function inForceOn(oldestFirst: readonly DatedPolicy[], date: string): ReadonlyMap<string, DayPolicy> {
  return new Map(
    oldestFirst
      .filter(({ from, to }) => from <= date && (to === null || date <= to))
      .map(({ scope, subject, rules }) => [
        scope === 'organisation' ? ofOrganisation : subjectKey(scope, subject),
        rules,
      ]),
  );
}

type ShiftNamer = (start: Temporal.Instant | null, end: Temporal.Instant | null) => string | null;

/** The shift as the clock at the company shows it. A company has a handful of them. */
function createShiftNamer(zone: string): ShiftNamer {
  const clocks = new Map<number, string>();
  const clockOf = (instant: Temporal.Instant): string => {
    const key = instant.epochMilliseconds;
    const known = clocks.get(key);
    if (known !== undefined) return known;
    const local = instant.toZonedDateTimeISO(zone).toPlainTime();
    const text = local.toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
    clocks.set(key, text);
    return text;
  };
  return (start, end) => (start === null || end === null ? null : `${clockOf(start)}-${clockOf(end)}`);
}
