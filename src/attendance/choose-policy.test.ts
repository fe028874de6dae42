import { describe, expect, it } from 'vitest';
import { dayOf } from '../../test/support/attendance-days.ts';
import { createPolicyChooser, type DatedPolicy, type Place, type PolicyScope } from './choose-policy.ts';
import { standardPolicy } from './day-policy.ts';

const policy = (
  id: number,
  scope: PolicyScope,
  subject: string | null,
  from = '2026-01-01',
  to: string | null = null,
): DatedPolicy => ({ rules: { ...standardPolicy, id }, scope, subject, from, to });

/** The number of the policy that a day of 10 March 2026, 09:30 to 18:30 in India, gets. */
function chosen(policies: readonly DatedPolicy[], place: Place | null = null): number | null {
  return createPolicyChooser(policies, () => place, 'Asia/Kolkata')(dayOf({})).id;
}

const sales = { team: 'team-sales', location: 'Pune' };

describe('the policy of a day', () => {
  it('is the standard one where nobody has made one, or none that fits', () => {
    expect(chosen([])).toBeNull();
    expect(chosen([policy(1, 'location', 'Pune')])).toBeNull();
    expect(chosen([policy(1, 'team', 'team-sales')], { team: null, location: null })).toBeNull();
  });

  it('is that of the shift before the team, the place and the organisation', () => {
    const all = [
      policy(1, 'organisation', null),
      policy(2, 'location', ' pune '),
      policy(3, 'team', 'team-sales'),
      policy(4, 'shift', '09:30-18:30'),
    ];
    expect(chosen(all, sales)).toBe(4);
    expect(chosen(all.slice(0, 3), sales)).toBe(3);
    expect(chosen(all.slice(0, 2), sales)).toBe(2);
    expect(chosen(all.slice(0, 3), { team: 'team-support', location: 'Chennai' })).toBe(1);
    expect(chosen(all.slice(0, 3))).toBe(1);
  });

  it('is the one that began last, and an earlier one again when that has ended', () => {
    const first = policy(1, 'organisation', null, '2026-01-01');
    const until = (to: string) => policy(2, 'organisation', null, '2026-03-01', to);
    expect(chosen([until('2026-03-10'), first])).toBe(2);
    expect(chosen([until('2026-03-09'), first])).toBe(1);
    expect(chosen([policy(3, 'organisation', null, '2026-03-11'), first])).toBe(1);
    expect(chosen([policy(3, 'organisation', null, '2026-03-10'), first])).toBe(3);
  });

  it('goes by the clock at the company for shifts, also over midnight', () => {
    const night = dayOf({ shiftStartTime: '2026-03-10T16:30:00Z', shiftEndTime: '2026-03-11T00:30:00Z' });
    const choose = createPolicyChooser([policy(1, 'shift', '22:00-06:00')], () => null, 'Asia/Kolkata');
    expect(choose(night).id).toBe(1);
    expect(choose(dayOf({})).id).toBeNull();
    expect(choose(dayOf({ shiftStartTime: null })).id).toBeNull();
  });

  it('goes by where the person belonged on the date', () => {
    const choose = createPolicyChooser(
      [policy(1, 'team', 'a'), policy(2, 'team', 'b')],
      (_guid, date) => ({ team: date < '2026-03-10' ? 'a' : 'b', location: null }),
      'Asia/Kolkata',
    );
    expect(choose({ ...dayOf({}), date: Temporal.PlainDate.from('2026-03-09') }).id).toBe(1);
    expect(choose(dayOf({})).id).toBe(2);
  });
});
