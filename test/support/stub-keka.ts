import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createKekaHosts, type KekaHosts } from '../../src/keka/keka-hosts.ts';

export type StubRequest = {
  readonly host: 'login' | 'tenant';
  readonly method: string;
  /** Below `/api/v1` for the tenant host. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type StubAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
};

/** Answers by itself when it returns undefined and writes to the raw response. */
export type StubHandler = (
  request: StubRequest,
  response: ServerResponse,
) => StubAnswer | undefined | Promise<StubAnswer | undefined>;

export type StubKeka = AsyncDisposable & {
  readonly hosts: KekaHosts;
  readonly origin: string;
  readonly requests: StubRequest[];
  /** Requests to the tenant host. */
  pages(): StubRequest[];
  tokens(): StubRequest[];
};

/** Keka's two hosts on 127.0.0.1, each answer decided by the test. Tokens are granted unless `token` says otherwise. */
export async function startStubKeka(handlers: {
  readonly page: StubHandler;
  readonly token?: StubHandler;
}): Promise<StubKeka> {
  const requests: StubRequest[] = [];
  let granted = 0;
  const grant: StubHandler = () => {
    granted += 1;
    return {
      body: { access_token: `token-${granted}`, expires_in: 86_400, token_type: 'Bearer', scope: 'kekaapi' },
    };
  };

  async function respond(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    requests.push(request);
    const handle = request.host === 'login' ? (handlers.token ?? grant) : handlers.page;
    const answer = await handle(request, response);
    if (answer === undefined) return;
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body ?? '');
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(text);
  }

  const server = createServer((message, response) => {
    respond(message, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    );
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    requests,
    hosts: createKekaHosts({ loginUrl: `${origin}/login`, tenantUrl: `${origin}/tenant/{subdomain}` }),
    pages: () => requests.filter(({ host }) => host === 'tenant'),
    tokens: () => requests.filter(({ host }) => host === 'login'),
    async [Symbol.asyncDispose]() {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers each page of a list of so many with one record, and may answer otherwise first. */
export function pagesOf(totalPages: number, otherwise?: StubHandler): StubHandler {
  return async (request, response) => {
    const other = await otherwise?.(request, response);
    if (other !== undefined || response.destroyed) return other;
    const pageNumber = Number(request.query.get('pageNumber'));
    return { body: pageOf([{ n: pageNumber }], { pageNumber, totalPages, totalRecords: totalPages }) };
  };
}

/** A page in Keka's envelope. */
export function pageOf(
  records: readonly unknown[],
  place: { pageNumber?: number; totalPages?: number; totalRecords?: number } = {},
): Record<string, unknown> {
  const { pageNumber = 1, totalPages = 1, totalRecords = records.length } = place;
  return {
    succeeded: true,
    message: null,
    errors: null,
    data: records,
    pageNumber,
    pageSize: 200,
    firstPage: null,
    lastPage: null,
    totalPages,
    totalRecords,
    nextPage: 'https://elsewhere.invalid/api/v1/time/attendance?pageNumber=2',
    previousPage: null,
  };
}

async function readRequest(message: IncomingMessage): Promise<StubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const url = new URL(message.url ?? '/', 'http://stub');
  const isLogin = url.pathname.startsWith('/login/');
  return {
    host: isLogin ? 'login' : 'tenant',
    method: message.method ?? '',
    path: isLogin
      ? url.pathname.slice('/login'.length)
      : url.pathname.replace(/^\/tenant\/[^/]+\/api\/v1/, ''),
    query: url.searchParams,
    headers: message.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
