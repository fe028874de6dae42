/** One e-mail, as plain text: what a name holds is never taken for markup. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

export type Mailer = {
  /** Resolves when the mail server took it. Throws what the connection or the server says. */
  send(mail: Mail): Promise<void>;
};

export type MailSettings = {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  /** Such as `Hajiri <hajiri@example.com>`. */
  readonly from: string;
};

const patience = 10_000;

/**
 * Loads nodemailer with the first mail. The connection is encrypted, or no mail is sent; a server on this machine, and
 * one whose address says `?tls=none`, is talked to as it is.
 */
export function createMailer({ url, from }: MailSettings): Mailer {
  return {
    async send({ to, subject, text }) {
      const { createTransport } = await import('nodemailer');
      const transport = createTransport({ ...toServer(new URL(url)), ...hardened });
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject: oneLine(subject), text });
      } finally {
        transport.close();
      }
    },
  };
}

const hardened = {
  connectionTimeout: patience,
  greetingTimeout: patience,
  socketTimeout: patience,
  // A mail is text and nothing else: no file or address is read for it.
  disableFileAccess: true,
  disableUrlAccess: true,
};

function toServer({ protocol, hostname, port, username, password, searchParams }: URL) {
  const secure = protocol === 'smtps:';
  const isPlain = searchParams.get('tls') === 'none' || /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !isPlain,
    ignoreTLS: !secure && isPlain,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}

/** A line break in a header would begin another one. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
}
