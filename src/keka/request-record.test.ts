import { describe, expect, it } from 'vitest';
import { parseRequestRecord, type RequestKind } from './request-record.ts';

const guid = '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042';
const wire = (changes: object = {}) => ({
  id: '5d0a7c1e-9b53-4c55-8a0e-0f1f6b2a1101',
  employeeIdentifier: guid,
  employeeNumber: ' ACM0042',
  fromDate: '2026-03-09T00:00:00Z',
  toDate: '2026-03-10T00:00:00Z',
  fromSession: 0,
  toSession: 1,
  status: 1,
  selection: [{ leaveTypeIdentifier: 'x', leaveTypeName: 'Sick Leave', count: 2 }],
  ...changes,
});

function parse(kind: RequestKind, changes: object = {}) {
  const parsed = parseRequestRecord(kind, wire(changes));
  return parsed.ok ? parsed.record : parsed;
}

describe('a request as Keka has it', () => {
  it('is read with its dates, whose it is and what it is called', () => {
    const record = parse('leave');
    expect(record).toMatchObject({
      sourceGuid: guid,
      employeeNumber: 'ACM0042',
      beginsAtNoon: false,
      endsAtNoon: false,
      state: 'approved',
      name: 'Sick Leave',
    });
    expect('from' in record && [record.from.toString(), record.to.toString()]).toEqual([
      '2026-03-09',
      '2026-03-10',
    ]);
  });

  it.each([
    [0, 1, [false, false]],
    [0, 0, [false, true]],
    [1, 1, [true, false]],
    [null, null, [false, false]],
    [undefined, 0, [false, false]],
  ])('with the sessions %j and %j begins and ends at noon: %j', (fromSession, toSession, expected) => {
    const record = parse('leave', { fromSession, toSession });
    expect('from' in record && [record.beginsAtNoon, record.endsAtNoon]).toEqual(expected);
  });

  it.each<[RequestKind, unknown, string]>([
    ['leave', 0, 'pending'],
    ['leave', 1, 'approved'],
    ['leave', 2, 'ended'],
    ['leave', 3, 'ended'],
    ['leave', 4, 'pending'],
    ['leave', '1', 'approved'],
    ['leave', 'Approved', 'approved'],
    ['leave', 'InApprovalProcess', 'pending'],
    ['leave', 'Cancelled', 'ended'],
    ['work_from_home', 1, 'pending'],
    ['work_from_home', 2, 'approved'],
    ['work_from_home', 5, 'ended'],
    ['on_duty', 2, 'approved'],
    ['on_duty', 99, 'ended'],
  ])('of %s with status %j is %s', (kind, status, state) => {
    expect(parse(kind, { status })).toMatchObject({ state });
  });

  it.each([
    [[{ status: 'Approved' }], 'approved'],
    [[{ status: 'Approved' }, { status: 'Pending' }], 'pending'],
    [[{ status: 'Approved' }, { status: 'Rejected' }], 'ended'],
    [[{ status: 2 }], 'approved'],
    [[], 'pending'],
  ])('without a status is what its approvers say: %j', (approvers, state) => {
    expect(parse('on_duty', { status: undefined, approvers })).toMatchObject({ state });
  });

  it.each([
    [{ id: null }, 'id'],
    [{ employeeIdentifier: null, employeeNumber: null }, 'employeeIdentifier'],
    [{ fromDate: null }, 'fromDate'],
    [{ fromDate: 'soon' }, 'fromDate'],
    [{ toDate: '2026-03-08' }, 'toDate'],
  ])('with %j is refused by its field, and shows no values', (changes, field) => {
    expect(parse('leave', changes)).toMatchObject({ ok: false, field });
  });
});
