import type { Mail } from './mailer.ts';

// E-mails about accounts. Each says who it is for, what the link does, until when, and what to do when it is a surprise.

export function invitationMail(facts: {
  readonly to: string;
  readonly organisation: string;
  readonly invitedBy: string;
  readonly link: string;
  readonly expiresAt: Temporal.Instant;
}): Mail {
  const { to, organisation, invitedBy, link, expiresAt } = facts;
  return {
    to,
    subject: `Invitation to ${organisation} in Hajiri`,
    text: letter([
      `${invitedBy} invites you to ${organisation} in Hajiri, where attendance is reported.`,
      `Open this link to join, once, until ${minuteOf(expiresAt)} UTC:`,
      link,
      'If you do not know what this is about, do nothing: without the link being opened, nothing happens.',
    ]),
  };
}

export function passwordResetMail(facts: {
  readonly to: string;
  readonly link: string;
  readonly expiresAt: Temporal.Instant;
}): Mail {
  const { to, link, expiresAt } = facts;
  return {
    to,
    subject: 'A new password for Hajiri',
    text: letter([
      'Somebody asked for a new password for this e-mail address.',
      `Open this link to set one, once, until ${minuteOf(expiresAt)} UTC:`,
      link,
      'If it was not you, do nothing: your password stays as it is.',
    ]),
  };
}

function letter(paragraphs: readonly string[]): string {
  // A name is shown as it is, on one line, so that it cannot pretend to be a paragraph of ours.
  return `${paragraphs.map((text) => text.replaceAll(/\p{Cc}+/gu, ' ')).join('\n\n')}\n`;
}

function minuteOf(instant: Temporal.Instant): string {
  return instant
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
}
