import { expect, it } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { resolveWindow } from './resolve-window.ts';

// Still Wednesday, 11 March, in UTC; already Thursday in India.
const clock = new FakeClock('2026-03-11T20:00:00Z');
const organisation = { id: 'x', name: 'Acme', zone: 'Asia/Kolkata', faultyZone: null };
const context = { clock, organisation } as unknown as Parameters<typeof resolveWindow>[0]; // nothing else is used

const date = (text: string | undefined) => (text === undefined ? undefined : Temporal.PlainDate.from(text));

it.each([
  ['week', undefined, undefined, '2026-03-05 2026-03-11'],
  ['month', undefined, undefined, '2026-03-01 2026-03-11'],
  ['week', undefined, '2026-03-01', '2026-02-23 2026-03-01'],
  ['month', undefined, '2026-02-28', '2026-02-01 2026-02-28'],
  ['week', '2026-03-02', undefined, '2026-03-02 2026-03-11'],
  ['week', '2026-03-12', undefined, '2026-03-12 2026-03-12'],
  ['week', '2026-03-12', '2026-03-12', '2026-03-12 2026-03-12'],
] as const)('a %s from %s to %s is %s', (usualWindow, from, to, expected) => {
  const window = resolveWindow(context, { mostDays: 31, usualWindow }, { from: date(from), to: date(to) });
  expect(`${window.from.toString()} ${window.to.toString()}`).toBe(expected);
});

it.each([
  ['2026-03-13', undefined, 'from'],
  [undefined, '2026-03-13', 'to'],
  ['2026-03-11', '2026-03-10', 'from'],
  ['2026-02-01', '2026-03-04', 'to'],
] as const)('from %s to %s is refused', (from, to, field) => {
  const attempt = () =>
    resolveWindow(context, { mostDays: 31, usualWindow: 'week' }, { from: date(from), to: date(to) });
  expect(attempt).toThrow(field);
});
