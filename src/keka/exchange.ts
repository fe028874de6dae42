import type { Dispatcher } from 'undici';
import { abortReason } from './abort-reason.ts';
import { classifyNetworkError, type NetworkCode } from './network-fault.ts';

export type ExchangeRequest = {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From the first attempt to connect to the last byte of the answer. */
  readonly timeoutMilliseconds: number;
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
  /** Called when the request is about to be written, on a connection that stands. */
  readonly onSent?: () => void;
  /** Called when the answer begins. */
  readonly onAnswered?: () => void;
};

export type AnswerHeaders = {
  readonly contentType: string;
  readonly retryAfter: string | null;
};

/** What became of one request. Only an abort by the caller is thrown (as the signal's reason). */
export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: AnswerHeaders;
      readonly text: string;
    }
  | { readonly kind: 'network'; readonly code: NetworkCode; readonly systemCode: string }
  | { readonly kind: 'too_large'; readonly status: number };

class TooLarge extends Error {}

/**
 * One request and its whole answer, bounded in size and time. Redirects are an answer like any other: they are never
 * followed. The time limit runs in real time, also where tests inject a clock, because the network does.
 */
export async function exchange(dispatcher: Dispatcher, request: ExchangeRequest): Promise<Exchange> {
  request.signal.throwIfAborted();
  const timeout = AbortSignal.timeout(request.timeoutMilliseconds);
  let status = 0;
  try {
    return await dispatch(dispatcher, request, AbortSignal.any([request.signal, timeout]), (code) => {
      status = code;
    });
  } catch (error) {
    request.signal.throwIfAborted();
    if (error instanceof TooLarge) return { kind: 'too_large', status };
    return { kind: 'network', ...classifyNetworkError(error) };
  }
}

function dispatch(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  signal: AbortSignal,
  onStatus: (status: number) => void,
): Promise<Exchange> {
  const { promise, resolve, reject } = Promise.withResolvers<Exchange>();
  let controller: Dispatcher.DispatchController | null = null;
  let answer: { status: number; headers: AnswerHeaders } | null = null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  const stop = (): void => {
    controller?.abort(abortReason(signal));
    reject(abortReason(signal));
  };
  signal.addEventListener('abort', stop, { once: true });
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(given) {
      controller = given;
      // Aborted while it waited for a connection: it must not be written any more.
      if (signal.aborted) given.abort(abortReason(signal));
      else request.onSent?.();
    },
    onResponseStart(given, status, headers) {
      if (status < 200) return; // an interim answer
      request.onAnswered?.();
      onStatus(status);
      answer = {
        status,
        headers: {
          contentType: firstValue(headers['content-type'])?.toLowerCase() ?? '',
          retryAfter: firstValue(headers['retry-after']),
        },
      };
      if (Number(firstValue(headers['content-length']) ?? 0) > request.maximumBytes)
        given.abort(new TooLarge());
    },
    onResponseData(given, chunk) {
      bytes += chunk.length;
      if (bytes > request.maximumBytes) given.abort(new TooLarge());
      else chunks.push(chunk);
    },
    onResponseEnd() {
      if (answer === null) reject(new Error('an answer without a beginning'));
      else resolve({ kind: 'answer', ...answer, text: new TextDecoder().decode(Buffer.concat(chunks)) });
    },
    onResponseError: (_controller, error) => reject(error),
  };
  dispatcher.dispatch(
    {
      origin: request.url.origin,
      path: `${request.url.pathname}${request.url.search}`,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      headersTimeout: request.timeoutMilliseconds,
      bodyTimeout: request.timeoutMilliseconds,
    },
    handler,
  );
  return promise.finally(() => signal.removeEventListener('abort', stop));
}

function firstValue(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
