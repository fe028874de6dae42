import type { FaultRule } from '../scenario/fault-schema.ts';
import type { SandboxRequest } from './sandbox-request.ts';

export type FaultBook = {
  /** The first rule that fits and still has times left; counts the request for every rule that it fits. */
  match(request: SandboxRequest): FaultRule | null;
  add(rule: FaultRule): void;
  /** Without a name, all of them. Returns how many went. */
  clear(name?: string): number;
  all(): readonly FaultRule[];
  /** Counts from the beginning again. */
  reset(): void;
};

type Page = { readonly rule: FaultRule; readonly fits: Fits; seen: number; happened: number };
type Fits = (request: SandboxRequest) => boolean;

export function createFaultBook(rules: readonly FaultRule[]): FaultBook {
  const open = (rule: FaultRule): Page => ({ rule, fits: compileMatch(rule.match), seen: 0, happened: 0 });
  let pages = rules.map(open);
  return {
    match: (request) => {
      const fitting = pages.filter(({ fits }) => fits(request));
      for (const page of fitting) page.seen += 1;
      const chosen = fitting.find(
        ({ rule, seen, happened }) =>
          isNth(rule.match.nth, seen) && happened < (rule.times ?? Number.POSITIVE_INFINITY),
      );
      if (chosen === undefined) return null;
      chosen.happened += 1;
      return chosen.rule;
    },
    add: (rule) => void pages.push(open(rule)),
    clear: (name) => {
      const before = pages.length;
      pages = name === undefined ? [] : pages.filter(({ rule }) => rule.name !== name);
      return before - pages.length;
    },
    all: () => pages.map(({ rule }) => rule),
    reset: () => {
      pages = pages.map(({ rule }) => open(rule));
    },
  };
}

function compileMatch({ host, method, path, page, query }: FaultRule['match']): Fits {
  const pattern =
    path === undefined
      ? null
      : new RegExp(
          `^${path
            .split('*')
            .map((part) => RegExp.escape(part))
            .join('.*')}$`,
          'su',
        );
  const wanted = Object.entries(query ?? {});
  return (request) =>
    (host === undefined || request.host === host) &&
    (method === undefined || request.method === method.toUpperCase()) &&
    (pattern === null || pattern.test(request.path)) &&
    (page === undefined || request.page === page) &&
    wanted.every(([name, value]) => request.query.get(name) === value);
}

function isNth(nth: FaultRule['match']['nth'], seen: number): boolean {
  if (nth === undefined) return true;
  const [first, last] = typeof nth === 'number' ? [nth, nth] : nth;
  return seen >= first && seen <= last;
}
