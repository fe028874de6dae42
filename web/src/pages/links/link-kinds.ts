import type { LinkKind } from '../../../../src/contract/links.ts';

/** What needs somebody, in the order in which it is shown. */
const troubles = [
  'not_in_directory',
  'no_employee_id',
  'no_source_key',
  'ambiguous',
  'two_people',
  'code_reused',
  'no_source_person',
  'unlinked_by_hand',
] as const satisfies LinkKind[];

/** Troubles first, then how it should be, then what is settled. */
export const kinds = [...troubles, 'linked', 'ignored', 'excluded'] as const satisfies LinkKind[];

export function toKind(text: string | undefined): LinkKind | undefined {
  return kinds.find((kind) => kind === text);
}

export function isTrouble(kind: LinkKind): boolean {
  return troubles.some((one) => one === kind);
}

/** What is shown when nobody asked for a kind: the first that needs somebody. */
export function firstKind(counts: Readonly<Record<LinkKind, number>>): LinkKind {
  return troubles.find((kind) => counts[kind] > 0) ?? 'linked';
}
