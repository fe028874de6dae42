import { describe, expect, it } from 'vitest';
import { parseEmployeeRecord } from './employee-record.ts';

const wire = {
  id: '1C9B6F0A-3a51-4f1c-9d0a-6f4f3f9b0042',
  employeeNumber: 'ACM0042',
  attendanceNumber: 42,
  firstName: 'Asha',
  middleName: null,
  lastName: 'Rao',
  displayName: 'Asha Rao',
  email: 'asha.rao@acme.example',
  personalEmail: 'asha@home.example',
  mobilePhone: '5550100',
  dateOfBirth: '1990-01-01T00:00:00Z',
  bloodGroup: 3,
  jobTitle: { identifier: 'b2', title: 'Engineer' },
  groups: [
    { id: 'g9', title: 'Acme India', groupType: 9 },
    { id: 'g2', title: 'Research', groupType: 2 },
    { id: 'g3', title: null, groupType: 3 },
    { id: 'g4', title: 'Pune', groupType: '3' },
  ],
  joiningDate: '2020-06-01T00:00:00Z',
  exitDate: null,
  employmentStatus: 0,
};

describe('an employee record', () => {
  it('holds what matching and reports need, and nothing else of the person', () => {
    expect(parseEmployeeRecord(wire)).toEqual({
      ok: true,
      record: {
        guid: '1c9b6f0a-3a51-4f1c-9d0a-6f4f3f9b0042',
        employeeNumber: 'ACM0042',
        attendanceNumber: '42',
        firstName: 'Asha',
        middleName: null,
        lastName: 'Rao',
        displayName: 'Asha Rao',
        email: 'asha.rao@acme.example',
        jobTitle: 'Engineer',
        location: 'Pune',
        department: 'Research',
        groups: [
          { id: 'g9', title: 'Acme India', type: 9 },
          { id: 'g2', title: 'Research', type: 2 },
          { id: 'g3', title: null, type: 3 },
          { id: 'g4', title: 'Pune', type: 3 },
        ],
        joiningDate: Temporal.PlainDate.from('2020-06-01'),
        exitDate: null,
        employmentStatus: 0,
      },
    });
  });

  it('needs no more than its id', () => {
    const parsed = parseEmployeeRecord({ id: wire.id });
    expect(parsed).toMatchObject({ ok: true, record: { groups: [], location: null, exitDate: null } });
  });

  it.each(['0001-01-01T00:00:00', '0001-01-01T00:00:00Z', ''])(
    'has no leaving date when that is %j',
    (exitDate) => {
      expect(parseEmployeeRecord({ ...wire, exitDate })).toMatchObject({
        ok: true,
        record: { exitDate: null },
      });
    },
  );

  it('reads the leaving date as a calendar date', () => {
    const parsed = parseEmployeeRecord({ ...wire, exitDate: '2026-03-12T00:00:00+05:30' });
    expect(parsed.ok && parsed.record.exitDate?.toString()).toBe('2026-03-12');
  });

  it('keeps an employment status that nobody knows', () => {
    expect(parseEmployeeRecord({ ...wire, employmentStatus: 7 })).toMatchObject({
      record: { employmentStatus: 7 },
    });
  });

  it.each([
    [{ id: null }, 'id'],
    [{ id: 'ACM0042' }, 'id'],
    [{ employeeNumber: {} }, 'employeeNumber'],
    [{ firstName: 7 }, 'firstName'],
    [{ email: [] }, 'email'],
    [{ jobTitle: 'Engineer' }, 'jobTitle'],
    [{ jobTitle: { title: 7 } }, 'jobTitle.title'],
    [{ groups: {} }, 'groups'],
    [{ groups: ['g1'] }, 'groups'],
    [{ groups: [{ groupType: 'office' }] }, 'groups.groupType'],
    [{ joiningDate: '2020-02-30' }, 'joiningDate'],
    [{ exitDate: 'soon' }, 'exitDate'],
    [{ employmentStatus: 'Working' }, 'employmentStatus'],
  ])('is refused with %j, naming the field', (change, field) => {
    expect(parseEmployeeRecord({ ...wire, ...change })).toMatchObject({
      ok: false,
      field,
      hint: { employeeNumber: 'employeeNumber' in change ? null : 'ACM0042', date: null },
    });
  });

  it('is refused when it is no object', () => {
    expect(parseEmployeeRecord(null)).toMatchObject({ ok: false, field: 'record' });
  });
});
