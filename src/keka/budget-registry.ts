import type { Clock } from '../clock/clock.ts';
import { createRequestBudget, type RequestBudget, type SharedBudget } from './request-budget.ts';

export type BudgetRegistry = {
  /** The one budget under `key`. A different number of requests changes it for everybody who holds it. */
  get(key: string, requestsPerMinute: number): RequestBudget;
};

/**
 * One per process; `sharedOf` asks the other processes. Keka does not say whether it counts by key, company or endpoint, so everything that speaks to the
 * same company should come here with the same key. The registry keeps no secret: a caller's key must not be one.
 */
export function createBudgetRegistry(clock: Clock, sharedOf?: (key: string) => SharedBudget): BudgetRegistry {
  const budgets = new Map<string, RequestBudget>();
  return {
    get(key, requestsPerMinute) {
      const known = budgets.get(key);
      if (known !== undefined) {
        known.limitTo(requestsPerMinute);
        return known;
      }
      const shared = sharedOf === undefined ? {} : { shared: sharedOf(key) };
      const budget = createRequestBudget({ requestsPerMinute, clock, ...shared });
      budgets.set(key, budget);
      return budget;
    },
  };
}
