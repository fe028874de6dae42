import { Agent, type Dispatcher } from 'undici';
import type { Clock } from '../clock/clock.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { createAccessTokenSource } from './access-token.ts';
import { type Endpoint, fetchPage, type HostKnowledge } from './fetch-page.ts';
import { fetchToken } from './fetch-token.ts';
import {
  defaultLimits,
  type KekaConnection,
  type KekaCredentials,
  type KekaLimits,
} from './keka-connection.ts';
import type { KekaEnvironment, KekaHosts, QueryValues } from './keka-hosts.ts';
import type { KekaPage } from './keka-page.ts';
import { readPages } from './read-pages.ts';
import type { RequestBudget } from './request-budget.ts';
import type { RequestKind } from './request-record.ts';
import { resolveHost } from './resolve-host.ts';
import type { Subdomain } from './subdomain.ts';
import { createTraffic, type KekaUsage, type WaitListener } from './traffic.ts';

export type { KekaCredentials, KekaLimits, KekaPage, KekaUsage };

export type ReadOptions = {
  readonly signal?: AbortSignal;
  /** Records per page, 1 to 200. Default 200. */
  readonly pageSize?: number;
  /** Pages asked for at the same time, 1 to 50. Default 4. */
  readonly concurrency?: number;
};

export type KekaClient = {
  /** Everybody's days from `from` to `to`, both included. Page 1 comes first, the others in any order. */
  readAttendance(
    window: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
    options?: ReadOptions,
  ): AsyncIterable<KekaPage>;
  /** Everybody that Keka knows, relieved people included. Page 1 comes first, the others in any order. */
  readEmployees(
    filter?: { readonly lastModified?: Temporal.Instant },
    options?: ReadOptions,
  ): AsyncIterable<KekaPage>;
  /**
   * The requests of one kind that have a day from `from` to `to`, whatever became of them. Which dates Keka looks at is not
   * known for certain: ask for more than is needed, and for at most 90 days.
   */
  readRequests(
    kind: RequestKind,
    window: { readonly from: Temporal.PlainDate; readonly to: Temporal.PlainDate },
    options?: ReadOptions,
  ): AsyncIterable<KekaPage>;
  /** Looks for the address of the company's host, and asks it nothing. */
  findHost(signal?: AbortSignal): Promise<void>;
  /** One small request for a new token, which proves the three credentials. */
  requestToken(signal?: AbortSignal): Promise<void>;
  usage(): KekaUsage;
  /** Breaks off whatever is in flight. */
  close(): Promise<void>;
};

export type KekaClientOptions = {
  readonly subdomain: Subdomain;
  readonly environment: KekaEnvironment;
  readonly credentials: KekaCredentials;
  readonly hosts: KekaHosts;
  /** Shared by everything that speaks to the same company. */
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly limits?: Partial<KekaLimits>;
  /** Called at the beginning of a wait, with its expected length. */
  readonly onWait?: WaitListener;
  /** Stays its owner's to close. Without it the client makes and closes its own. */
  readonly dispatcher?: Dispatcher;
  /** 0 to 1, for the jitter between tries. */
  readonly random?: () => number;
};

const attendance: Endpoint = { path: '/time/attendance', privilege: 'Mark Attendance' };
const employees: Endpoint = { path: '/hris/employees', privilege: 'Employee' };
const requests: Readonly<Record<RequestKind, Endpoint>> = {
  leave: { path: '/time/leaverequests', privilege: 'Leave' },
  work_from_home: { path: '/time/wfh', privilege: 'Mark Attendance' },
  on_duty: { path: '/time/od', privilege: 'Mark Attendance' },
};

const largestPage = 200;
const mostAtATime = 50;

/**
 * A reader of one company's data in Keka. It only ever reads. The three credentials go to the login host and the token
 * to the company's own host; no address out of an answer is ever used. Every failure is a `KekaError`, every abort the
 * signal's reason.
 */
export function createKekaClient(options: KekaClientOptions): KekaClient {
  const { clock, onWait, limits, random = Math.random, ...given } = options;
  const dispatcher = options.dispatcher ?? new Agent({ allowH2: false });
  const traffic = createTraffic(clock, onWait);
  const connection: KekaConnection = {
    ...given,
    clock,
    random,
    traffic,
    limits: { ...defaultLimits, ...limits },
    dispatcher,
  };
  const lifetime = new AbortController();
  const tokens = createAccessTokenSource({ clock, request: (signal) => fetchToken(connection, signal) });
  const host: HostKnowledge = { hasServed: false };

  const untilClosed = (signal: AbortSignal | undefined): AbortSignal =>
    signal === undefined ? lifetime.signal : AbortSignal.any([signal, lifetime.signal]);

  function read(endpoint: Endpoint, query: QueryValues, how: ReadOptions): AsyncIterable<KekaPage> {
    const { pageSize = largestPage, concurrency = 4 } = how;
    checkWholeNumber('pageSize', pageSize, largestPage);
    checkWholeNumber('concurrency', concurrency, mostAtATime);
    return readPages({
      fetchPage: (pageNumber, signal) =>
        fetchPage(connection, tokens, host, { endpoint, query, pageNumber, pageSize }, signal),
      concurrency,
      pageLimit: connection.limits.pages,
      endpoint: endpoint.path,
      signal: untilClosed(how.signal),
    });
  }

  return {
    readAttendance({ from, to }, how = {}) {
      if (Temporal.PlainDate.compare(from, to) > 0) {
        throw new InvalidInputError([{ field: 'from', reason: 'is after the last day' }]);
      }
      // Without both, Keka silently answers with the last 30 days.
      return read(attendance, { from: isoDate(from), to: isoDate(to) }, how);
    },
    readEmployees({ lastModified } = {}, how = {}) {
      return read(
        employees,
        lastModified === undefined ? {} : { lastModified: withOffset(lastModified) },
        how,
      );
    },
    readRequests(kind, { from, to }, how = {}) {
      return read(requests[kind], { from: isoDate(from), to: isoDate(to) }, how);
    },
    async findHost(signal) {
      const url = options.hosts.apiUrl(options.subdomain, options.environment, attendance.path, {});
      await resolveHost(url.hostname, untilClosed(signal));
    },
    async requestToken(signal) {
      await tokens.renew(untilClosed(signal));
    },
    usage: () => traffic.usage(),
    async close() {
      lifetime.abort();
      if (options.dispatcher === undefined) await dispatcher.destroy();
    },
  };
}

function isoDate(date: Temporal.PlainDate): string {
  return date.toString({ calendarName: 'never' });
}

/** `2026-03-10T00:00:00+00:00`: the documented form has an offset and no fraction. Rounded down, so that nothing is missed. */
function withOffset(instant: Temporal.Instant): string {
  return instant
    .round({ smallestUnit: 'second', roundingMode: 'floor' })
    .toString({ timeZone: 'UTC', smallestUnit: 'second' });
}

function checkWholeNumber(field: string, value: number, largest: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= largest) return;
  throw new InvalidInputError([{ field, reason: `must be a whole number from 1 to ${largest}` }]);
}
