import type { ProblemDescription } from './problem-codes.ts';

/** The part of the closed list that is about people: who somebody is, and what they may do. */
export const accountProblems = {
  unauthenticated: {
    severity: 'failure',
    title: 'Nobody is signed in, and there is no valid token',
    nextStep:
      'Sign in. As long as nobody is an owner, open the link that "hajiri serve" printed at its start. A program sends its token as "Authorization: Bearer …".',
  },
  session_ended: {
    severity: 'failure',
    title: 'The session is over',
    nextStep: 'Sign in again.',
  },
  token_refused: {
    severity: 'failure',
    title: 'The API token is not valid',
    nextStep:
      'Look at the list of API tokens whether it was revoked or has expired, and make a new one. What a token says cannot be shown again.',
  },
  sign_in_refused: {
    severity: 'failure',
    title: 'The e-mail address or the password is not right',
    nextStep:
      'Check both and try again. If you forgot the password, set a new one; if it still does not work, ask an owner or admin whether your account is active.',
  },
  second_factor_refused: {
    severity: 'failure',
    title: 'The code is not right',
    nextStep:
      'Enter the code that the app shows at this moment, and check that the clock of the phone is right. Without the phone, use a recovery code.',
  },
  too_many_attempts: {
    severity: 'failure',
    title: 'That was tried too often',
    nextStep: 'Wait for a quarter of an hour, then try again.',
  },
  link_expired: {
    severity: 'failure',
    title: 'The link is no longer valid',
    nextStep:
      'Ask whoever sent it for a new one. An owner link is made anew by "hajiri accounts create-owner", or by starting Hajiri again.',
  },
  account_exists: {
    severity: 'failure',
    title: 'There is an account with this e-mail address already',
    nextStep: 'Sign in with that account, then open the link again.',
  },
  cross_site_refused: {
    severity: 'failure',
    title: 'The request did not come from a page of this Hajiri',
    nextStep:
      'Open Hajiri at its own address. Behind a proxy, set HAJIRI_PUBLIC_URL to the address that browsers use.',
  },
  not_allowed: {
    severity: 'failure',
    title: 'You do not have the right to do this',
    nextStep: 'Ask an owner or admin of your organisation to do it, or to give you a role that may.',
  },
} as const satisfies Record<string, ProblemDescription>;
