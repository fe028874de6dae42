import { describe, expect, it } from 'vitest';
import type { ConnectionBrief, Overview, RunBrief } from '../../../../src/contract/overview.ts';
import { standingOf } from './standing.ts';

const now = Temporal.Instant.from('2026-03-12T05:30:00Z');

function run(id: string, endedAt: string | null, state: RunBrief['state'] = 'succeeded'): RunBrief {
  return { run: id, state, startedAt: '2026-03-11T05:30:00Z', endedAt, errorCode: null, errorMessage: null };
}
function connection(of: Partial<ConnectionBrief>): ConnectionBrief {
  return {
    id: '1',
    name: 'main',
    subdomain: 'acme',
    autoRun: true,
    nextDueAt: null,
    plannedRetryAt: null,
    keyExpiresOn: null,
    lastSuccess: null,
    lastAttempt: null,
    running: null,
    ...of,
  };
}
function overview(...connections: readonly ConnectionBrief[]): Overview {
  return {
    organisation: 'Acme',
    zone: 'Asia/Kolkata',
    today: '2026-03-12',
    lastDay: '2026-03-11',
    lastDayCoverage: null,
    employees: 3,
    connections,
    attention: [],
    trend: [],
  };
}
const fresh = run('a', '2026-03-12T05:31:00Z');
const old = run('a', '2026-03-11T03:00:00Z');

describe('how things stand', () => {
  it.each([
    ['no connection', overview(), 'no_connection'],
    ['a run that is going on', overview(connection({ running: 'x' })), 'running'],
    ['nothing fetched yet', overview(connection({})), 'never_fetched'],
    [
      'a failure after a success',
      overview(connection({ lastSuccess: fresh, lastAttempt: run('b', '2026-03-12T05:32:00Z', 'failed') })),
      'failed',
    ],
    [
      'a failure of one of two',
      overview(
        connection({ lastSuccess: fresh, lastAttempt: fresh }),
        connection({ name: 'other', lastAttempt: run('b', '2026-03-12T05:32:00Z', 'failed') }),
      ),
      'failed',
    ],
    [
      'a success of more than 26 hours ago',
      overview(connection({ lastSuccess: old, lastAttempt: old })),
      'stale',
    ],
    ['a success of this morning', overview(connection({ lastSuccess: fresh, lastAttempt: fresh })), 'good'],
  ] as const)('%s', (_what, given, kind) => {
    expect(standingOf(given, now).kind).toBe(kind);
  });

  it('counts what needs a person only when nothing worse is the case', () => {
    const attention = [
      { code: 'no_employee_id', severity: 'action', title: '', whatToDo: '', count: 3, run: 'a' },
      { code: 'ambiguous_match', severity: 'action', title: '', whatToDo: '', count: 2, run: 'a' },
    ] as const;
    const good = { ...overview(connection({ lastSuccess: fresh, lastAttempt: fresh })), attention };
    expect(standingOf(good, now)).toEqual({ kind: 'attention', count: 5 });
    const stale = { ...overview(connection({ lastSuccess: old, lastAttempt: old })), attention };
    expect(standingOf(stale, now).kind).toBe('stale');
  });
});
