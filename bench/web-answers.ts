import type { DailyReport, DailyRow } from '../src/contract/daily-report.ts';
import type { Overview } from '../src/contract/overview.ts';
import type { Session } from '../src/contract/session.ts';

// What the pages are answered in the bench: invented, and the same each time, so that only the pages are measured.

const date = '2026-03-11';
const zone = 'Asia/Kolkata';
const names = ['Asha Rao', 'Ravi Nair', 'Meera Iyer', 'José Pérez', 'प्रिया ठाकुर', 'Chitra Das'] as const;
const teams = ['Sales', 'Weaving', 'Dyeing', 'Accounts', 'Stores'] as const;
const statuses = ['present', 'present', 'present', 'absent', 'weekly_off', 'no_record'] as const;

export function dailyReportOf(people: number): DailyReport {
  return {
    date,
    zone,
    dataAsOf: '2026-03-12T05:30:00Z',
    warnings: [],
    rows: Array.from({ length: people }, (_none, index) => rowOf(index)),
  };
}

function rowOf(index: number): DailyRow {
  const status = statuses[index % statuses.length] ?? 'present';
  const isThere = status === 'present';
  const minutes = (index * 7) % 60;
  const punch = (hour: number) => ({
    time: `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`,
    dayOffset: 0,
    instant: `2026-03-11T${String(hour - 5).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:00Z`,
    premise: 'Main gate',
    punchStatus: 0,
    logSource: 0,
  });
  return {
    date,
    employeeId: `SW${String(index).padStart(5, '0')}`,
    name: `${names[index % names.length]} ${index}`,
    email: `person.${index}@company.example`,
    team: teams[index % teams.length] ?? null,
    designation: 'Operator',
    location: index % 2 === 0 ? 'Pune' : 'Surat',
    leavingDate: null,
    connection: 'main',
    sourceGuid: null,
    employeeNumber: `SW${String(index).padStart(5, '0')}`,
    link: 'linked',
    firstIn: isThere ? punch(9) : null,
    lastOut: isThere ? punch(18) : null,
    grossMinutes: isThere ? 540 : null,
    effectiveMinutes: isThere ? 480 + (index % 50) : null,
    breakMinutes: isThere ? 45 : null,
    lateMinutes: null,
    earlyOutMinutes: null,
    overtimeMinutes: null,
    expectedMinutes: null,
    recordedStatus: 'present',
    note: null,
    notedBy: null,
    shiftStart: null,
    shiftEnd: null,
    dayType: 0,
    status,
    flags: index % 9 === 0 ? ['changed'] : [],
    lastFetchedAt: '2026-03-12T05:30:00Z',
  };
}

export const overviewAnswer: Overview = {
  organisation: 'Bench',
  zone,
  today: '2026-03-12',
  lastDay: date,
  lastDayCoverage: null,
  employees: 1000,
  connections: [],
  attention: [],
  trend: [],
};

export const sessionAnswer: Session = {
  person: { id: '1', name: 'Asha Rao', email: 'asha@company.example', secondFactor: false },
  organisation: { id: '1', name: 'Bench', zone },
  role: 'owner',
  teams: [],
  permissions: ['read attendance', 'read runs'],
  organisations: [{ id: '1', name: 'Bench', role: 'owner' }],
  expiresAt: '2026-03-13T05:30:00Z',
};
