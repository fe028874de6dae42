import { once } from 'node:events';
import { createServer, request } from 'node:http';

/** Stands between Hajiri and the sandbox, and remembers the access tokens that pass, which neither of them tells. */
export type RecordingProxy = {
  readonly loginUrl: string;
  readonly tenantUrl: string;
  tokens(): readonly string[];
  close(): Promise<void>;
};

export async function startRecordingProxy(origin: string): Promise<RecordingProxy> {
  const tokens = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    const [, token] = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '') ?? [];
    if (token !== undefined) tokens.add(token);
    const { method = 'GET', url = '/', headers } = incoming;
    const { host: _, ...others } = headers;
    const forwarded = request(new URL(url, origin), { method, headers: others }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.once('error', () => outgoing.destroy());
    });
    // A connection that the sandbox breaks is broken here too.
    forwarded.once('error', () => outgoing.destroy());
    outgoing.once('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const base = `http://127.0.0.1:${address.port}`;
  return {
    loginUrl: `${base}/login`,
    tenantUrl: `${base}/tenant/{subdomain}`,
    tokens: () => [...tokens],
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
