import { Agent, request } from 'undici';
import { z } from 'zod';
import type { BenchDatabases } from './bench-databases.ts';
import type { BenchCompany } from './fetch.ts';
import { benchKey, benchSubdomain } from './serve-company.ts';

const tokenSchema = z.object({ access_token: z.string() });
const pageSchema = z.object({ totalPages: z.number() });
const userAgent = 'bench';

/**
 * The least that brings one day from Keka into the database: drain the pages with bare undici at the same
 * concurrency, JSON.parse each, and COPY the same rows into the same table. No checks, no roles, no runs. Returns
 * milliseconds.
 */
export async function drainAndCopy(options: {
  readonly databases: BenchDatabases;
  readonly company: BenchCompany;
  readonly rows: Buffer;
  readonly concurrency: number;
}): Promise<number> {
  const { databases, company, rows, concurrency } = options;
  const dispatcher = new Agent();
  const token = await signIn(company, dispatcher);
  const base = company.tenantUrl.replace('{subdomain}', benchSubdomain);
  const readPage = async (page: number): Promise<number> => {
    const url = `${base}/api/v1/time/attendance?from=${company.yesterday}&to=${company.yesterday}&pageNumber=${page}&pageSize=200`;
    const { body } = await request(url, {
      dispatcher,
      headers: { authorization: `Bearer ${token}`, 'user-agent': userAgent },
    });
    const parsed: unknown = JSON.parse(await body.text());
    return page === 1 ? pageSchema.parse(parsed).totalPages : 0;
  };
  const startedAt = performance.now();
  const pages = await readPage(1);
  let next = 2;
  const work = async () => {
    while (next <= pages) {
      next += 1;
      await readPage(next - 1);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  await databases.importDays('floor', rows);
  const milliseconds = performance.now() - startedAt;
  await dispatcher.close();
  return milliseconds;
}

async function signIn(company: BenchCompany, dispatcher: Agent): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'kekaapi',
    scope: 'kekaapi',
    client_id: benchKey.clientId,
    client_secret: benchKey.clientSecret,
    api_key: benchKey.apiKey,
  });
  const { body } = await request(`${company.loginUrl}/connect/token`, {
    dispatcher,
    method: 'POST',
    body: form.toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': userAgent },
  });
  return tokenSchema.parse(await body.json()).access_token;
}
