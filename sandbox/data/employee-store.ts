import type { EmployeeEntry } from '../scenario/employee-schema.ts';
import type { RecordSlice, ReshapeRecord } from './attendance-store.ts';

export type EmployeeStore = {
  /** One page of those that fit, in the order in which they were written. */
  read(fits: (employee: EmployeeEntry) => boolean, offset: number, limit: number): RecordSlice;
  find(id: string): string | null;
  knows(id: string): boolean;
  /** Replaces the employee with the same GUID in its place, or adds it last; either way it is modified now. */
  upsert(entries: readonly EmployeeEntry[], now: Temporal.Instant): void;
  remove(ids: readonly string[]): number;
  reshape(reshape: ReshapeRecord): void;
  count(): number;
};

export function createEmployeeStore(entries: readonly EmployeeEntry[]): EmployeeStore {
  // A Map keeps the order of first insertion, also when a value is replaced.
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  let reshape: ReshapeRecord = null;
  const serve = (entry: EmployeeEntry): string => {
    const text = entry.text();
    return reshape === null ? text : reshape(text);
  };
  return {
    read: (fits, offset, limit) => {
      const fitting = [...byId.values()].filter(fits);
      return { total: fitting.length, records: fitting.slice(offset, offset + limit).map(serve) };
    },
    find: (id) => {
      const entry = byId.get(id.toLowerCase());
      return entry === undefined ? null : serve(entry);
    },
    knows: (id) => byId.has(id.toLowerCase()),
    upsert: (entries, now) => {
      for (const entry of entries) byId.set(entry.id, { ...entry, modifiedAt: now.epochMilliseconds });
    },
    remove: (ids) => ids.filter((id) => byId.delete(id.toLowerCase())).length,
    reshape: (next) => {
      reshape = next;
    },
    count: () => byId.size,
  };
}
