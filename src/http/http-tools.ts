import type { SignInTools } from '../accounts/sign-in/visit.ts';
import type { Installation } from '../installation.ts';
import type { Authentication } from './authenticate.ts';

/** What routes about people are given. */
export type HttpTools = {
  readonly installation: Installation;
  readonly authentication: Authentication;
  /** Loaded with the first request that needs it. */
  readonly signIn: () => Promise<SignInTools>;
  /** Where browsers reach this server, without a path. */
  readonly publicOrigin: () => string;
};
