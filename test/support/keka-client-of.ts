import {
  createKekaClient,
  type KekaClient,
  type KekaClientOptions,
  type KekaPage,
} from '../../src/keka/keka-client.ts';
import type { KekaHosts } from '../../src/keka/keka-hosts.ts';
import { createRequestBudget } from '../../src/keka/request-budget.ts';
import { parseSubdomain, type Subdomain } from '../../src/keka/subdomain.ts';
import { FakeClock } from './fake-clock.ts';

export const march = {
  from: Temporal.PlainDate.from('2026-03-01'),
  to: Temporal.PlainDate.from('2026-03-31'),
};

/** With the characters that a form has to encode. */
export const credentials = { clientId: 'client-acme', clientSecret: 'p&q=r+secret', apiKey: 'ab+c/d==key' };

export function subdomain(text: string): Subdomain {
  const parsed = parseSubdomain(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.subdomain;
}

export type TestClient = KekaClient & AsyncDisposable & { readonly clock: FakeClock };

/** A client of "acme" on a clock that moves on by itself, with a budget so large that only tests of it notice. */
export function kekaClientOf(
  stub: { readonly hosts: KekaHosts },
  options: Partial<Omit<KekaClientOptions, 'clock'>> & { clock?: FakeClock } = {},
): TestClient {
  const { clock = new FakeClock('2026-04-01T05:30:00Z', { autoAdvance: true }), ...rest } = options;
  const client = createKekaClient({
    subdomain: subdomain('acme'),
    environment: 'keka',
    credentials,
    hosts: stub.hosts,
    budget: createRequestBudget({ requestsPerMinute: 10_000, clock }),
    clock,
    ...rest,
  });
  return { ...client, clock, [Symbol.asyncDispose]: () => client.close() };
}

/** The numbers of all pages, sorted. */
export async function pageNumbersOf(pages: AsyncIterable<KekaPage>): Promise<number[]> {
  const all = await Array.fromAsync(pages);
  return all.map(({ pageNumber }) => pageNumber).sort((a, b) => a - b);
}
