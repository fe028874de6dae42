import type { AttendanceEntry, Correction } from '../scenario/record-schemas.ts';

/** Turns the JSON of a record into what is served while switches change its shape; null serves it untouched. */
export type ReshapeRecord = ((text: string) => string) | null;

export type AttendanceQuery = {
  readonly from: string;
  readonly to: string;
  /** GUIDs in lower case; null: everybody. */
  readonly people: ReadonlySet<string> | null;
  readonly order: 'by-date' | 'by-person';
  readonly offset: number;
  readonly limit: number;
};

export type RecordSlice = { readonly total: number; readonly records: readonly string[] };

export type AttendanceStore = {
  /** Records in the order of their days and, within a day, in the order in which they were written. */
  read(query: AttendanceQuery): RecordSlice;
  /** Replaces the record of the same person and day in its place, or adds it first or last in its day. */
  upsert(entries: readonly AttendanceEntry[], position?: 'first' | 'last'): void;
  /** Returns how many records were removed. */
  remove(keys: readonly { readonly day: string; readonly person: string }[]): number;
  reshape(reshape: ReshapeRecord): void;
  /** Applies every correction whose time has come. Time that is set back takes nothing back. */
  catchUp(now: Temporal.Instant): void;
  count(): number;
};

/** `kept` is the record as written; `served` remembers its reshaped form until the switches change again. */
type Slot = { readonly person: string; readonly kept: string; served: string | null };

export function createAttendanceStore(
  entries: readonly AttendanceEntry[],
  corrections: readonly Correction[],
): AttendanceStore {
  const slotsByDay = new Map<string, Slot[]>();
  for (const entry of entries) daySlots(slotsByDay, entry.day).push(slotOf(entry));
  let days = [...slotsByDay.keys()].sort();
  let reshape: ReshapeRecord = null;
  const pending = corrections.toSorted((a, b) => Temporal.Instant.compare(a.from, b.from));
  let applied = 0;

  const serve = (slot: Slot): string => {
    if (reshape === null) return slot.kept;
    slot.served ??= reshape(slot.kept);
    return slot.served;
  };
  const put = (entry: AttendanceEntry, position: 'first' | 'last'): void => {
    const slots = daySlots(slotsByDay, entry.day);
    if (slots.length === 0) days = [...slotsByDay.keys()].sort();
    const place = entry.person === '' ? -1 : slots.findIndex(({ person }) => person === entry.person);
    if (place >= 0) slots[place] = slotOf(entry);
    else if (position === 'first') slots.unshift(slotOf(entry));
    else slots.push(slotOf(entry));
  };
  const removeOne = (day: string, person: string): number => {
    const slots = slotsByDay.get(day) ?? [];
    const left = slots.filter((slot) => slot.person !== person);
    slotsByDay.set(day, left);
    return slots.length - left.length;
  };

  return {
    read: (query) => {
      const within = days.filter((day) => day >= query.from && day <= query.to);
      const perDay = within.map((day) => slotsByDay.get(day) ?? []);
      const slice =
        query.people === null && query.order === 'by-date'
          ? sliceDays(perDay, query.offset, query.limit)
          : sliceSome(perDay.flat(), query);
      return { total: slice.total, records: slice.slots.map(serve) };
    },
    upsert: (entries, position = 'last') => {
      // Several new first records keep their own order.
      const ordered = position === 'first' ? entries.toReversed() : entries;
      for (const entry of ordered) put(entry, position);
    },
    remove: (keys) =>
      keys.reduce((removed, { day, person }) => removed + removeOne(day, person.toLowerCase()), 0),
    reshape: (next) => {
      reshape = next;
      for (const slot of [...slotsByDay.values()].flat()) slot.served = null;
    },
    catchUp: (now) => {
      for (;;) {
        const next = pending[applied];
        if (next === undefined || Temporal.Instant.compare(next.from, now) > 0) return;
        applied += 1;
        if (next.change.kind === 'put') put(next.change.entry, 'last');
        else removeOne(next.change.day, next.change.person);
      }
    },
    count: () => days.reduce((sum, day) => sum + (slotsByDay.get(day)?.length ?? 0), 0),
  };
}

function daySlots(slotsByDay: Map<string, Slot[]>, day: string): Slot[] {
  const known = slotsByDay.get(day);
  if (known !== undefined) return known;
  const slots: Slot[] = [];
  slotsByDay.set(day, slots);
  return slots;
}

function slotOf(entry: AttendanceEntry): Slot {
  return { person: entry.person, kept: entry.text, served: null };
}

/** The common, fast way: no record outside the page is looked at. */
function sliceDays(perDay: readonly (readonly Slot[])[], offset: number, limit: number) {
  const total = perDay.reduce((sum, slots) => sum + slots.length, 0);
  const page: Slot[] = [];
  let skip = offset;
  for (const slots of perDay) {
    if (page.length >= limit) break;
    if (skip < slots.length) page.push(...slots.slice(skip, skip + limit - page.length));
    skip = Math.max(0, skip - slots.length);
  }
  return { total, slots: page };
}

function sliceSome(slots: readonly Slot[], query: AttendanceQuery) {
  const { people } = query;
  const chosen = people === null ? slots : slots.filter(({ person }) => people.has(person));
  const ordered =
    query.order === 'by-date' ? chosen : chosen.toSorted((a, b) => compareText(a.person, b.person));
  return { total: chosen.length, slots: ordered.slice(query.offset, query.offset + query.limit) };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
