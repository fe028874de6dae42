import type { Dispatcher } from 'undici';
import type { Clock } from '../clock/clock.ts';
import type { KekaEnvironment, KekaHosts } from './keka-hosts.ts';
import type { RequestBudget } from './request-budget.ts';
import type { Subdomain } from './subdomain.ts';
import type { Traffic } from './traffic.ts';

export type KekaCredentials = {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiKey: string;
};

export type KekaLimits = {
  /** One request, from connecting to the last byte. Real time, whatever the clock. Default 60 000. */
  readonly requestMilliseconds: number;
  /** Bytes of one answer. Default 32 MiB. */
  readonly responseBytes: number;
  /** Pages of one list. Default 5000. */
  readonly pages: number;
  /** Tries in all when the server or the network fails. Default 4. */
  readonly tries: number;
  /** Answers with 429 in a row after which a request is given up. Default 5. */
  readonly refusals: number;
};

export const defaultLimits: KekaLimits = {
  requestMilliseconds: 60_000,
  responseBytes: 32 * 1024 * 1024,
  pages: 5000,
  tries: 4,
  refusals: 5,
};

/** What every request of one client needs. */
export type KekaConnection = {
  readonly subdomain: Subdomain;
  readonly environment: KekaEnvironment;
  readonly credentials: KekaCredentials;
  readonly hosts: KekaHosts;
  readonly budget: RequestBudget;
  readonly clock: Clock;
  readonly limits: KekaLimits;
  readonly dispatcher: Dispatcher;
  /** 0 to 1, for the jitter between tries. */
  readonly random: () => number;
  readonly traffic: Traffic;
};

/** On every request: Keka refuses some clients by the last of them, and may refuse those that send none. */
export const commonHeaders: Readonly<Record<string, string>> = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'user-agent': 'Hajiri/0.1 (self-hosted attendance reports)',
};
