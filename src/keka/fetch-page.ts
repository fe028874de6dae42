import type { AccessTokenSource } from './access-token.ts';
import { exchange } from './exchange.ts';
import { judgePage } from './judge-page.ts';
import { commonHeaders, type KekaConnection } from './keka-connection.ts';
import type { QueryValues } from './keka-hosts.ts';
import type { KekaPage } from './keka-page.ts';
import type { RequestSlot } from './request-budget.ts';
import type { WaitReason } from './traffic.ts';
import { tryUntilSettled } from './try-until-settled.ts';
import type { Verdict } from './verdict.ts';

export type Endpoint = {
  /** Below `/api/v1`. */
  readonly path: string;
  /** As Keka's key settings call it. */
  readonly privilege: string;
};

export type PageAsked = {
  readonly endpoint: Endpoint;
  readonly query: QueryValues;
  readonly pageNumber: number;
  readonly pageSize: number;
};

/** Mutable and shared by all pages of a client. */
export type HostKnowledge = { hasServed: boolean };

/**
 * One page, through the budget, repeated where that makes sense. A refused token is renewed once per page: pages that
 * are refused at the same time share the renewal, and a second refusal is final.
 */
export async function fetchPage(
  connection: KekaConnection,
  tokens: AccessTokenSource,
  host: HostKnowledge,
  asked: PageAsked,
  signal: AbortSignal,
): Promise<KekaPage> {
  const { budget, clock, traffic } = connection;
  let usedToken: string | null = null;
  let hasRenewed = false;
  let waitReason: WaitReason = 'budget';

  const attempt = async (): Promise<Verdict<KekaPage>> => {
    const admitted = traffic.beginWait(budget.expectedWait(), waitReason);
    try {
      return await budget.spend(async (slot) => {
        admitted();
        usedToken = await tokens.get(signal);
        await slot.ready(signal);
        return request(connection, usedToken, host, asked, slot, signal);
      }, signal);
    } finally {
      admitted();
    }
  };

  return tryUntilSettled(attempt, connection, signal, {
    onUnauthorised() {
      if (hasRenewed) return false;
      hasRenewed = true;
      if (usedToken !== null) tokens.discard(usedToken);
      return true;
    },
    async onRefusal(milliseconds) {
      // The budget serves the wait, because the refusal is meant for everybody who shares it.
      waitReason = 'too_many_requests';
      budget.pauseUntil(clock.now().add({ milliseconds }));
    },
  });
}

async function request(
  connection: KekaConnection,
  token: string,
  host: HostKnowledge,
  asked: PageAsked,
  slot: RequestSlot,
  signal: AbortSignal,
): Promise<Verdict<KekaPage>> {
  const { credentials, limits } = connection;
  const { endpoint, pageNumber, pageSize } = asked;
  const query = { ...asked.query, pageNumber, pageSize };
  const url = connection.hosts.apiUrl(connection.subdomain, connection.environment, endpoint.path, query);
  const result = await exchange(connection.dispatcher, {
    url,
    method: 'GET',
    headers: { ...commonHeaders, authorization: `Bearer ${token}` },
    timeoutMilliseconds: limits.requestMilliseconds,
    maximumBytes: limits.responseBytes,
    signal,
    onSent() {
      connection.traffic.add('requests');
      slot.sent();
    },
    onAnswered: () => slot.answered(),
  });
  const verdict = judgePage(result, {
    endpoint: endpoint.path,
    privilege: endpoint.privilege,
    pageNumber,
    pageSize,
    host: url.host,
    hostHasServed: host.hasServed,
    secrets: [token, credentials.apiKey, credentials.clientSecret, credentials.clientId],
  });
  if (verdict.kind === 'done') host.hasServed = true;
  return verdict;
}
