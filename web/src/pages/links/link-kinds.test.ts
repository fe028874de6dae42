import { expect, it } from 'vitest';
import type { LinkKind } from '../../../../src/contract/links.ts';
import { firstKind, kinds, toKind } from './link-kinds.ts';

it('begins with the first kind that needs somebody', () => {
  const none = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<LinkKind, number>;
  expect(firstKind({ ...none, linked: 9, ambiguous: 1, no_source_person: 4 })).toBe('ambiguous');
  expect(firstKind({ ...none, linked: 9, ignored: 2 })).toBe('linked');
  expect(toKind('linked')).toBe('linked');
  expect(toKind('none of ours')).toBeUndefined();
});
