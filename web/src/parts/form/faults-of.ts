import { ApiProblem } from '../../api/api-problem.ts';

/** What the server found wrong with fields, by field, as forms show it; empty when it was about none. */
export function faultsOf(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries(error.faults.map(({ field, reason }) => [field.replace(/^body\./, ''), reason]));
}

/** Once the faults are on the page. */
export function focusFirstFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
}
