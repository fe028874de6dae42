import type { SandboxControl } from '../../sandbox/control/sandbox-control.ts';
import type { KekaYear } from './keka-year.ts';

/** What Keka last told of a date, completely, and on which local date that was. */
export type Served = { readonly on: Temporal.PlainDate; readonly records: ReadonlyMap<string, string> };

export type ServedDates = {
  /**
   * Takes in the requests since the last time. Keka's data must not have changed since then. `clockAhead`: by how many
   * hours the clock was wrong meanwhile.
   */
  takeIn(clockAhead?: number): void;
  lastOf(date: string): Served | undefined;
  /** The most requests in any minute since the last `takeIn` but one; none is counted twice over a jump of the clock. */
  readonly busiestMinute: number;
  /** Requests that the company's own limit refused, ever. */
  readonly refused: number;
  readonly total: number;
};

const pageSize = 200;
const minute = 60_000;

/**
 * Reads off Keka's own log of requests, and from nowhere else, which dates were told completely: each page of a window was
 * answered as it should be. Knows nothing of how Hajiri plans, stores or counts.
 */
export function watchServedDates(control: SandboxControl, year: KekaYear, zone: string): ServedDates {
  const served = new Map<string, Served>();
  let seen = 0;
  let busiestMinute = 0;
  let refused = 0;
  return {
    takeIn(clockAhead = 0) {
      const fresh = control.requests(seen);
      seen = fresh.at(-1)?.number ?? seen;
      refused += fresh.filter(({ status, fault }) => status === 429 && fault === null).length;
      busiestMinute = Math.max(busiestMinute, busiest(fresh.map(({ at }) => Date.parse(at))));
      const answered = fresh.filter(
        ({ path, status, fault }) => path === '/api/v1/time/attendance' && status === 200 && fault === null,
      );
      for (const requests of Map.groupBy(answered, ({ query }) => `${query.from} ${query.to}`).values()) {
        const [first, last] = [requests[0], requests.at(-1)];
        if (first === undefined || last === undefined) continue;
        const dates = datesBetween(first.query.from ?? '', first.query.to ?? '');
        const rows = dates.reduce((sum, date) => sum + year.recordsOf(date).size, 0);
        const pages = new Set(requests.map(({ page }) => page));
        const isComplete = rows > 0 && pages.size >= Math.ceil(rows / pageSize);
        const at = Temporal.Instant.from(last.at).subtract({ minutes: Math.round(clockAhead * 60) });
        const on = at.toZonedDateTimeISO(zone).toPlainDate();
        for (const date of isComplete ? dates : []) served.set(date, { on, records: year.recordsOf(date) });
      }
    },
    lastOf: (date) => served.get(date),
    get busiestMinute() {
      return busiestMinute;
    },
    get refused() {
      return refused;
    },
    get total() {
      return seen;
    },
  };
}

function datesBetween(from: string, to: string): readonly string[] {
  const dates: string[] = [];
  const last = Temporal.PlainDate.from(to.slice(0, 10));
  for (
    let date = Temporal.PlainDate.from(from.slice(0, 10));
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    dates.push(date.toString());
  }
  return dates;
}

/** A clock that is set back begins the count anew. */
function busiest(times: readonly number[]): number {
  let most = 0;
  let start = 0;
  for (const [index, time] of times.entries()) {
    if (time < (times[index - 1] ?? time)) start = index;
    while (time - (times[start] ?? time) >= minute) start += 1;
    most = Math.max(most, index - start + 1);
  }
  return most;
}
