import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type ReceivedMail = { readonly to: readonly string[]; readonly raw: string; readonly text: string };

export type MailServer = {
  readonly url: string;
  readonly mails: readonly ReceivedMail[];
  /** Waits for the next mail after those that are there. */
  next(): Promise<ReceivedMail>;
  refuseNext(): void;
  close(): Promise<void>;
};

/** A mail server on loopback that keeps what it is sent. */
export async function openMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const waiting: ((mail: ReceivedMail) => void)[] = [];
  let refuses = false;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        if (refuses) {
          refuses = false;
          done(new Error('mailbox of somebody@example.com is full'));
          return;
        }
        const raw = Buffer.concat(chunks).toString('utf8');
        const mail = { to: session.envelope.rcptTo.map(({ address }) => address), raw, text: textOf(raw) };
        mails.push(mail);
        done();
        waiting.shift()?.(mail);
      });
    },
  });
  const listening = Promise.withResolvers<void>();
  const listener = server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  const { port } = listener.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    next: () => {
      const { promise, resolve } = Promise.withResolvers<ReceivedMail>();
      waiting.push(resolve);
      return promise;
    },
    refuseNext() {
      refuses = true;
    },
    close: async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      await promise;
    },
  };
}

function textOf(raw: string): string {
  const [, body = ''] = raw.split(/\r\n\r\n(.*)/s);
  return /quoted-printable/i.test(raw)
    ? body
        .replaceAll(/=\r\n/g, '')
        .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : body;
}

/** What stands behind the # of the link in a mail. */
export function tokenIn({ text }: ReceivedMail): string {
  return /#(\S+)/.exec(text)?.[1] ?? '';
}
