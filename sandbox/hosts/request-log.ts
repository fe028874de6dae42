import type { HostName, SandboxRequest } from './sandbox-request.ts';

/** One line of the request log. It never holds a token, a secret or a body. */
export type LoggedRequest = {
  readonly number: number;
  /** In the time of the sandbox. */
  readonly at: string;
  readonly host: Exclude<HostName, 'control'>;
  /** The `Host` header: tells whether a client followed a link to another name of this machine. */
  readonly hostHeader: string | null;
  readonly subdomain: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly page: number | null;
  readonly userAgent: string | null;
  readonly authorization: 'present' | 'absent';
  /** The key whose credentials or token were good; null when none were. */
  readonly key: string | null;
  /** The name of the fault that met this request. */
  readonly fault: string | null;
  /** Null: no answer was given (yet). */
  readonly status: number | null;
};

export type LogHandle = {
  note(facts: Partial<Pick<LoggedRequest, 'key' | 'fault' | 'status'>>): void;
};

export type RequestLog = {
  open(request: SandboxRequest, host: LoggedRequest['host'], at: Temporal.Instant): LogHandle;
  /** The latest requests with a number above `after`, oldest first. */
  entries(after?: number): readonly LoggedRequest[];
  clear(): void;
};

const kept = 20_000;
const secretParameters = new Set(['client_secret', 'api_key', 'apikey', 'access_token', 'token']);

export function createRequestLog(): RequestLog {
  let cells: { line: LoggedRequest }[] = [];
  let number = 0;
  return {
    open: (request, host, at) => {
      number += 1;
      const cell = { line: describeRequest(request, host, at, number) };
      cells.push(cell);
      // Cutting in large steps keeps the cost of a single request constant.
      if (cells.length > 2 * kept) cells = cells.slice(-kept);
      return {
        note: (facts) => {
          cell.line = { ...cell.line, ...facts };
        },
      };
    },
    entries: (after = 0) => {
      // Numbers are consecutive, so what comes after one is found without looking at what came before.
      const first = cells[0]?.line.number ?? 1;
      const start = Math.max(0, cells.length - kept, after - first + 1);
      return cells.slice(start).map(({ line }) => line);
    },
    clear: () => {
      cells = [];
      number = 0;
    },
  };
}

function describeRequest(
  request: SandboxRequest,
  host: LoggedRequest['host'],
  at: Temporal.Instant,
  number: number,
): LoggedRequest {
  return {
    number,
    at: at.toString({ smallestUnit: 'millisecond' }),
    host,
    hostHeader: request.headers.host ?? null,
    subdomain: request.subdomain,
    method: request.method,
    path: request.path,
    query: Object.fromEntries(
      [...request.query].map(([name, value]) => [
        name,
        secretParameters.has(name.toLowerCase()) ? '[removed]' : value,
      ]),
    ),
    page: request.page,
    userAgent: request.headers['user-agent'] ?? null,
    authorization: request.headers.authorization === undefined ? 'absent' : 'present',
    key: null,
    fault: null,
    status: null,
  };
}
