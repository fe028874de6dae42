import { HajiriError } from '../errors/hajiri-error.ts';
import type { Subdomain } from './subdomain.ts';

/** `keka` is production, `kekademo` is Keka's own sandbox for trial companies. */
export type KekaEnvironment = 'keka' | 'kekademo';

export type QueryValues = Readonly<Record<string, string | number>>;

/** The only two kinds of host that this product speaks to. */
export type KekaHosts = {
  tokenUrl(environment: KekaEnvironment): URL;
  /** `path` is below `/api/v1` and begins with a slash. */
  apiUrl(subdomain: Subdomain, environment: KekaEnvironment, path: string, query: QueryValues): URL;
};

export type KekaHostOverrides = {
  /** Replaces `https://login.keka.com`; the token path is added. */
  readonly loginUrl?: string;
  /** Replaces `https://{subdomain}.keka.com`; must hold `{subdomain}`, in the host or in the path. */
  readonly tenantUrl?: string;
};

const tokenPath = '/connect/token';
const apiPath = '/api/v1';

/**
 * Overrides come from the process's environment and never from a connection, so that nobody who can edit a
 * connection can send its secrets elsewhere. Throws `configuration_invalid` when an override is unfit.
 */
export function createKekaHosts(overrides: KekaHostOverrides): KekaHosts {
  const { loginUrl, tenantUrl } = overrides;
  if (loginUrl !== undefined) checkOverride('login', loginUrl);
  if (tenantUrl !== undefined) {
    if (!tenantUrl.includes('{subdomain}')) {
      throw unfit('tenant', 'must contain {subdomain}, where the subdomain of the connection is put');
    }
    checkOverride('tenant', tenantUrl.replaceAll('{subdomain}', 'company'));
  }
  return {
    tokenUrl: (environment) => below(loginUrl ?? `https://login.${environment}.com`, tokenPath),
    apiUrl(subdomain, environment, path, query) {
      const base =
        tenantUrl?.replaceAll('{subdomain}', subdomain) ?? `https://${subdomain}.${environment}.com`;
      const url = below(base, `${apiPath}${path}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
      return url;
    },
  };
}

// `new URL(path, base)` would drop the path of a base without a final slash.
function below(base: string, path: string): URL {
  return new URL(`${base.replace(/\/+$/, '')}${path}`);
}

function checkOverride(which: 'login' | 'tenant', text: string): void {
  const url = URL.parse(text);
  if (url === null) throw unfit(which, 'is not a URL');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw unfit(which, 'may hold no user name, query or fragment');
  }
  if (url.protocol === 'https:') return;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return;
  throw unfit(which, 'must use https; http is accepted for this machine alone (127.0.0.1, localhost)');
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}

function unfit(which: 'login' | 'tenant', reason: string): HajiriError<'configuration_invalid'> {
  return new HajiriError('configuration_invalid', `The override of Keka's ${which} address ${reason}.`, {
    details: { setting: `keka ${which} address` },
  });
}
