import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../test/support/fake-clock.ts';
import { pageOf, type StubKeka, startStubKeka } from '../../test/support/stub-keka.ts';
import { createKekaClient, type KekaClient, type KekaClientOptions, type KekaPage } from './keka-client.ts';
import { createRequestBudget } from './request-budget.ts';
import { parseSubdomain, type Subdomain } from './subdomain.ts';

const credentials = { clientId: 'client-acme', clientSecret: 'p&q=r', apiKey: 'ab+c/d==' };
const march = { from: Temporal.PlainDate.from('2026-03-01'), to: Temporal.PlainDate.from('2026-03-31') };

function acme(): Subdomain {
  const parsed = parseSubdomain('acme');
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.subdomain;
}

type Client = KekaClient & AsyncDisposable & { readonly clock: FakeClock };

function clientOf(stub: Pick<StubKeka, 'hosts'>, options: Partial<KekaClientOptions> = {}): Client {
  const clock = new FakeClock('2026-04-01T05:30:00Z', { autoAdvance: true });
  const client = createKekaClient({
    subdomain: acme(),
    environment: 'keka',
    credentials,
    hosts: stub.hosts,
    budget: createRequestBudget({ requestsPerMinute: 50, clock }),
    clock,
    ...options,
  });
  return { ...client, clock, [Symbol.asyncDispose]: () => client.close() };
}

async function pagesOf(pages: AsyncIterable<KekaPage>): Promise<KekaPage[]> {
  return Array.fromAsync(pages);
}

describe('reading pages', () => {
  it('reads every announced page once, whatever the links in the envelope say', async () => {
    await using stub = await startStubKeka({
      page: ({ query }) => ({
        body: pageOf([{ n: query.get('pageNumber') }], {
          pageNumber: Number(query.get('pageNumber')),
          totalPages: 7,
          totalRecords: 7,
        }),
      }),
    });
    await using client = clientOf(stub);
    const pages = await pagesOf(client.readAttendance(march));
    expect(pages[0]?.pageNumber).toBe(1);
    expect(
      pages
        .flatMap(({ records }) => records)
        .map((record) => (record as { n: string }).n)
        .sort(),
    ).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    expect(client.usage()).toMatchObject({ requests: 7, tokenRequests: 1, retries: 0, rateLimited: 0 });
  });
});
