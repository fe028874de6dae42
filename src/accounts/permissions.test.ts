import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ApiTokenId, UserId } from '../db/schema.ts';
import { type Actor, atCommandLine, bySchedule, type Membership, type TokenScope } from './actor.ts';
import { authorise } from './authorise.ts';
import { permissions, permissionsOf } from './permissions.ts';

const person = (membership: Membership): Actor => ({
  kind: 'person',
  userId: randomUUID() as UserId,
  name: 'Asha',
  membership,
});
const token = (...scopes: TokenScope[]): Actor => ({
  kind: 'token',
  tokenId: randomUUID() as ApiTokenId,
  name: 'wallboard',
  scopes,
});
const allowed = (actor: Actor) => [...permissionsOf(actor)];

describe('what an actor may do', () => {
  it('is everything for owners, admins, the command line and the schedule', () => {
    const all = [
      person({ role: 'owner' }),
      person({ role: 'admin' }),
      atCommandLine('root').actor,
      bySchedule.actor,
    ];
    for (const actor of all) expect(allowed(actor)).toEqual(permissions);
  });

  it('is reading, and nothing that changes, for an auditor', () => {
    const rights = allowed(person({ role: 'auditor' }));
    expect(rights).toContain('read the audit trail');
    expect(rights.every((right) => right.startsWith('read '))).toBe(true);
  });

  it('is attendance and directory for a manager, attendance for an employee', () => {
    expect(allowed(person({ role: 'manager', teams: [] }))).toEqual([
      'read attendance',
      'read the directory',
    ]);
    expect(allowed(person({ role: 'employee', employee: null }))).toEqual(['read attendance']);
  });

  it('is what the scopes of a token say, and nothing without one', () => {
    expect(allowed(token())).toEqual([]);
    expect(allowed(token('read_reports'))).toEqual(['read attendance', 'read runs']);
    expect(allowed(token('start_runs', 'manage_connections'))).toEqual([
      'read runs',
      'read connections',
      'start runs',
      'manage connections',
    ]);
  });

  it('is refused in words that name the right', () => {
    const refused = () => authorise({ actor: person({ role: 'auditor' }) }, 'manage connections');
    expect(refused).toThrow('This needs the right to manage connections.');
    expect(() => authorise({ actor: person({ role: 'admin' }) }, 'manage connections')).not.toThrow();
  });
});
