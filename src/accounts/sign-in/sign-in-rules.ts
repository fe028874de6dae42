// Apart from open-sign-in.ts, which loads better-auth: what is here costs nothing.

export const signInBasePath = '/api/auth';
/** Our one provider, whatever it is called: a person's link to it survives a new name. */
export const providerId = 'oidc';
export const passwordRules = { least: 12, most: 128 } as const;
/** The header in which the address of whoever asks is handed to better-auth; it is set by us and never taken over. */
export const addressHeader = 'x-hajiri-address';

const day = 24 * 60 * 60;
export const sessionSeconds = 7 * day;
export const renewAfterSeconds = day;
