import { randomUUID } from 'node:crypto';
import type { BetterAuthOptions } from 'better-auth';
import { getAdapter } from 'better-auth/db/adapter';
import { betterAuth } from 'better-auth/minimal';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Kysely } from 'kysely';
import type { Database } from '../../db/schema.ts';
import { admitSession, admitUser, greetUser } from './admission.ts';
import { endUnprovenPassword } from './end-unproven-password.ts';
import { hashSessionTokens } from './hashed-session-tokens.ts';
import {
  credentialColumns,
  sessionColumns,
  twoFactorColumns,
  userColumns,
  verificationColumns,
} from './sign-in-columns.ts';
import {
  addressHeader,
  passwordRules,
  providerId,
  renewAfterSeconds,
  sessionSeconds,
  signInBasePath,
} from './sign-in-rules.ts';
import { createScopedKysely } from './sign-in-scope.ts';
import { type InstallationKey, toSignInSecret } from './sign-in-secret.ts';

export type ProviderSettings = {
  /** What its button is called. */
  readonly name: string;
  /** Its address; the discovery document is below it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type SignInOptions = {
  readonly kysely: Kysely<Database>;
  /** The first one is used for what is new, the others open what is older. */
  readonly keys: readonly [InstallationKey, ...InstallationKey[]];
  /** Where browsers reach Hajiri, without a path: `https://hajiri.example`. */
  readonly publicOrigin: string;
  readonly provider: ProviderSettings | null;
};

/** better-auth as it is used here. Loading it takes a third of a second, so only who serves does. */
export type SignIn = Awaited<ReturnType<typeof openSignIn>>;

export async function openSignIn(options: SignInOptions) {
  const settings = toSettings(options);
  const inner = await getAdapter({
    ...settings,
    database: {
      db: createScopedKysely(options.kysely),
      type: 'postgres',
      schemaName: 'sign_in',
      transaction: false,
    },
  });
  return betterAuth({ ...settings, database: () => hashSessionTokens(inner) });
}

/**
 * Times are those of the system, not of the injected clock: better-auth asks for them itself. That concerns the end of
 * sessions, the ten minutes of a sign-in that waits for its second factor or is at the provider, and the codes of
 * authenticator apps.
 */
function toSettings({ keys, publicOrigin, provider }: SignInOptions) {
  return {
    appName: 'Hajiri',
    baseURL: publicOrigin,
    basePath: signInBasePath,
    secrets: keys.map(toSignInSecret),
    telemetry: { enabled: false },
    // Its messages quote addresses and names.
    logger: { disabled: true },
    // Ours counts for names that do not exist as well, and for every process: limit-attempts.ts.
    rateLimit: { enabled: false },
    trustedOrigins: [],
    onAPIError: { errorURL: `${publicOrigin}/sign-in` },
    emailAndPassword: {
      enabled: true,
      // Accounts come from an owner's link or an invitation, never from here.
      disableSignUp: true,
      minPasswordLength: passwordRules.least,
      maxPasswordLength: passwordRules.most,
    },
    user: userColumns,
    session: {
      ...sessionColumns,
      expiresIn: sessionSeconds,
      updateAge: renewAfterSeconds,
      // A session that was revoked is refused at once.
      cookieCache: { enabled: false },
    },
    account: {
      ...credentialColumns,
      // Nothing is asked of the provider after a sign-in, so what it handed out is not kept either.
      updateAccountOnSignIn: false,
      accountLinking: {
        enabled: true,
        // No provider is trusted by its name: only an address that it verified leads to an account.
        trustedProviders: [],
        allowDifferentEmails: false,
        // Nobody can register another person's address here: an owner or admin wrote it down.
        requireLocalEmailVerified: false,
      },
    },
    verification: {
      ...verificationColumns,
      storeIdentifier: 'hashed',
    },
    advanced: {
      cookiePrefix: 'hajiri',
      useSecureCookies: publicOrigin.startsWith('https://'),
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 128 },
      database: { generateId: () => randomUUID(), validateSchema: false, joins: true },
    },
    databaseHooks: {
      user: { create: { before: admitUser, after: greetUser } },
      session: { create: { before: admitSession } },
      account: { create: { before: forgetTokens, after: endUnprovenPassword } },
    },
    plugins: [
      twoFactor({ issuer: 'Hajiri', schema: twoFactorColumns }),
      ...(provider === null ? [] : [toProvider(provider)]),
    ],
  } satisfies BetterAuthOptions;
}

function toProvider({ name, issuer, clientId, clientSecret }: ProviderSettings) {
  const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  return genericOAuth({
    config: [
      {
        providerId,
        name,
        discoveryUrl,
        clientId,
        clientSecret,
        scopes: ['openid', 'email', 'profile'],
        pkce: true,
        requireIdTokenVerification: true,
        disableProviderLogout: true,
      },
    ],
  });
}

async function forgetTokens() {
  return {
    data: {
      accessToken: null,
      refreshToken: null,
      idToken: null,
      accessTokenExpiresAt: null,
      refreshTokenExpiresAt: null,
    },
  };
}
