import { inject } from 'vitest';
import { type AccountsStage, openAccountsStage, owner } from '../accounts-stage.ts';
import { carryCookies } from './signed-in.ts';
import type { Visit, Visitors } from './web-stage.ts';

/** When the tests about people take place. */
export const peopleNow = Temporal.Instant.from('2026-03-12T05:30:00Z');

type VisitOptions = Parameters<Visitors['visit']>[1];

export type PeopleStage = AccountsStage & {
  /** A page, for whoever is not signed in. */
  visit(path: string, options?: VisitOptions): Promise<Visit>;
  /** The same for the owner, or whoever has this address and password. */
  visitAs(
    account: { readonly email: string; readonly password: string },
    path: string,
    options?: VisitOptions,
  ): Promise<Visit>;
  visitAsOwner(path: string, options?: VisitOptions): Promise<Visit>;
};

/** The real server with its pages, for tests in which people sign in: no token opens anything. */
export async function openPeopleStage(
  visitors: Visitors,
  options: Parameters<typeof openAccountsStage>[0] = {},
): Promise<PeopleStage> {
  const stage = await openAccountsStage({
    now: peopleNow.toString(),
    pages: { folder: inject('pagesFolder') },
    ...options,
  });
  const visit: PeopleStage['visit'] = (path, more) =>
    visitors.visit(`${stage.origin}${path}`, { now: peopleNow, extraHTTPHeaders: {}, ...more });
  const visitAs: PeopleStage['visitAs'] = async ({ email, password }, path, more) => {
    const own = stage.browser({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36' });
    await own.post('/api/v1/session', { email, password });
    const visited = await visitors.visit('about:blank', { now: peopleNow, extraHTTPHeaders: {}, ...more });
    await carryCookies(own, visited.context, stage.origin);
    await visited.page.goto(`${stage.origin}${path}`);
    return visited;
  };
  return { ...stage, visit, visitAs, visitAsOwner: (path, more) => visitAs(owner, path, more) };
}
