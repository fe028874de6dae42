import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type HostName = 'login' | 'tenant' | 'control' | 'elsewhere';

/** A request after the path prefix, which stands for the host name, was taken off. */
export type SandboxRequest = {
  readonly host: HostName;
  /** The company's name in the address, for the tenant host. */
  readonly subdomain: string | null;
  readonly method: string;
  /** Below the host, e.g. `/api/v1/time/attendance`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The page asked for on the tenant host; null elsewhere or when it is no number. */
  readonly page: number | null;
  readonly headers: IncomingHttpHeaders;
  readBody(): Promise<string>;
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal;
};

const largestBody = 64 * 1024 * 1024;

/** Null when the address cannot be read at all. */
export function readRequest(
  message: IncomingMessage,
  origin: string,
  gone: AbortSignal,
): SandboxRequest | null {
  const url = URL.parse(message.url ?? '/', origin);
  if (url === null) return null;
  const place = splitHost(url.pathname);
  return {
    ...place,
    method: message.method ?? 'GET',
    query: url.searchParams,
    page: place.host === 'tenant' ? pageAsked(url.searchParams) : null,
    headers: message.headers,
    readBody: () => readText(message),
    gone,
  };
}

export function bearerToken(request: SandboxRequest): string | null {
  const match = /^Bearer +(\S+)$/iu.exec(request.headers.authorization ?? '');
  return match?.[1] ?? null;
}

function splitHost(pathname: string): Pick<SandboxRequest, 'host' | 'subdomain' | 'path'> {
  const [, first = '', second = ''] = pathname.split('/');
  if (first === 'login') return { host: 'login', subdomain: null, path: below(pathname, 1) };
  if (first === '__sandbox') return { host: 'control', subdomain: null, path: below(pathname, 1) };
  if (first === 'tenant' && second !== '') {
    // Names of hosts do not distinguish capitals.
    return { host: 'tenant', subdomain: second.toLowerCase(), path: below(pathname, 2) };
  }
  return { host: 'elsewhere', subdomain: null, path: pathname };
}

function below(pathname: string, segments: number): string {
  return `/${pathname
    .split('/')
    .slice(segments + 1)
    .join('/')}`;
}

function pageAsked(query: URLSearchParams): number | null {
  const text = query.get('pageNumber') ?? '1';
  return /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk as Uint8Array); // a stream without encoding yields bytes
    length += bytes.length;
    if (length > largestBody) throw new Error('the body of the request is larger than 64 MiB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
