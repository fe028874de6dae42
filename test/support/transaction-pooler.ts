import { createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Client } from 'pg';
import type { TestDatabase } from './test-database.ts';

/** What PgBouncer does with `pool_mode = transaction`: whoever begins a transaction gets another connection each time. */
export type TransactionPooler = {
  /** For DATABASE_URL. */
  readonly url: string;
  /** How many transactions and single statements went through each connection to the server. */
  readonly uses: () => readonly number[];
  close(): Promise<void>;
};

type Backend = { readonly stream: Duplex; uses: number };

/** Messages of PostgreSQL's protocol that are answered with ReadyForQuery. */
const answered = new Set(['Q', 'S', 'F']);

/** Cuts a stream of messages (a letter, then four bytes of length) into whole ones. */
function createCutter() {
  let rest = Buffer.alloc(0);
  return {
    get isEmpty() {
      return rest.length === 0;
    },
    cut(data: Buffer): readonly Buffer[] {
      rest = Buffer.concat([rest, data]);
      const messages: Buffer[] = [];
      while (rest.length >= 5 && rest.length >= 1 + rest.readInt32BE(1)) {
        const length = 1 + rest.readInt32BE(1);
        messages.push(rest.subarray(0, length));
        rest = rest.subarray(length);
      }
      return messages;
    },
  };
}

async function connectBackend({ address }: TestDatabase): Promise<Backend> {
  const client = new Client({ ...address });
  await client.connect();
  // pg has signed in; from here on the bytes are somebody else's.
  const { stream } = client.connection;
  stream.removeAllListeners('data');
  client.on('error', () => {});
  return { stream, uses: 0 };
}

/** AuthenticationOk, a few words about the server, and ReadyForQuery. */
function welcome(): Buffer {
  const message = (letter: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(letter);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const parameter = (name: string, value: string) => message('S', Buffer.from(`${name}\0${value}\0`));
  return Buffer.concat([
    message('R', Buffer.alloc(4)),
    parameter('client_encoding', 'UTF8'),
    parameter('standard_conforming_strings', 'on'),
    message('Z', Buffer.from('I')),
  ]);
}

export async function startTransactionPooler(
  database: TestDatabase,
  connections: number,
): Promise<TransactionPooler> {
  const all = await Promise.all(Array.from({ length: connections }, () => connectBackend(database)));
  const free = [...all];
  const waiting: ((backend: Backend) => void)[] = [];
  const sockets = new Set<Socket>();

  function release(backend: Backend): void {
    const next = waiting.shift();
    if (next === undefined) free.push(backend);
    else next(backend);
  }
  function borrow(): Promise<Backend> {
    // The one that has been free for longest: never the one that this client had just before, if there is another.
    const backend = free.shift();
    if (backend !== undefined) return Promise.resolve(backend);
    const { promise, resolve } = Promise.withResolvers<Backend>();
    waiting.push(resolve);
    return promise;
  }

  function serve(socket: Socket): void {
    sockets.add(socket);
    const [fromClient, fromServer] = [createCutter(), createCutter()];
    let isWelcome = false;
    let backend: Backend | null = null;
    let expected = 0;
    let queue: Promise<void> = Promise.resolve();

    const answer = (data: Buffer): void => {
      for (const message of fromServer.cut(data)) {
        socket.write(message);
        if (message[0] !== 'Z'.charCodeAt(0)) continue;
        expected -= 1;
        if (expected > 0 || message[5] !== 'I'.charCodeAt(0) || backend === null) continue;
        backend.stream.off('data', answer);
        release(backend);
        backend = null;
      }
    };
    const forward = async (message: Buffer): Promise<void> => {
      const letter = String.fromCharCode(message[0] ?? 0);
      if (letter === 'X') return;
      if (backend === null) {
        backend = await borrow();
        backend.uses += 1;
        backend.stream.on('data', answer);
      }
      if (answered.has(letter)) expected += 1;
      backend.stream.write(message);
    };
    socket.on('data', (data: Buffer) => {
      if (!isWelcome) {
        // The first message has no letter; it says who wants to sign in.
        isWelcome = true;
        socket.write(welcome());
        return;
      }
      for (const message of fromClient.cut(data)) queue = queue.then(() => forward(message));
    });
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  }

  const server = createServer({ noDelay: true }, serve);
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  const listened = server.address();
  if (listened === null || typeof listened === 'string') throw new Error('a port was asked for');
  const { user, database: name } = database.address;
  return {
    url: `postgres://${user}@127.0.0.1:${listened.port}/${name}`,
    uses: () => all.map(({ uses }) => uses),
    async close() {
      for (const socket of sockets) socket.destroy();
      const { promise: closed, resolve: end } = Promise.withResolvers<void>();
      server.close(() => end());
      await closed;
      for (const { stream } of all) stream.destroy();
    },
  };
}
