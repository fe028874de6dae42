import { z } from 'zod';
import type { Sandbox } from '../start-sandbox.ts';
import { credentials } from './small-scenario.ts';

const envelopeSchema = z.looseObject({
  succeeded: z.boolean(),
  message: z.string().nullable(),
  data: z.unknown(),
  pageNumber: z.unknown().optional(),
  pageSize: z.unknown().optional(),
  totalPages: z.unknown().optional(),
  totalRecords: z.unknown().optional(),
});

export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string };

export type Form = Readonly<Record<string, string>>;

export const goodForm: Form = {
  grant_type: 'kekaapi',
  scope: 'kekaapi',
  client_id: credentials.clientId,
  client_secret: credentials.clientSecret,
  api_key: credentials.apiKey,
};

/** The token call, with the form percent-encoded as it must be. */
export async function askToken(sandbox: Sandbox, form: Form = goodForm): Promise<Reply> {
  return send(`${sandbox.loginOrigin}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
}

export async function signIn(sandbox: Sandbox, form: Form = goodForm): Promise<string> {
  const reply = await askToken(sandbox, form);
  return z.looseObject({ access_token: z.string() }).parse(JSON.parse(reply.text)).access_token;
}

/** A GET on the company's API, e.g. `/time/attendance?from=2026-03-11&to=2026-03-11`. */
export async function ask(
  sandbox: Sandbox,
  path: string,
  options: { token?: string; company?: string; method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { token, company = 'acme', method = 'GET', headers = {} } = options;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return send(`${sandbox.tenantOrigin(company)}/api/v1${path}`, {
    method,
    headers: { ...authorization, ...headers },
    redirect: 'manual',
  });
}

/** The envelope of a good answer; throws when the answer has none. */
export function envelope(reply: Reply): z.infer<typeof envelopeSchema> {
  return envelopeSchema.parse(JSON.parse(reply.text));
}

export function records(reply: Reply): readonly Record<string, unknown>[] {
  return z.array(z.record(z.string(), z.unknown())).parse(envelope(reply).data);
}

async function send(url: string, init: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
}
