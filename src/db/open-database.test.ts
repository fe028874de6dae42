import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { HajiriError } from '../errors/hajiri-error.ts';
import { toDatabaseError } from './open-database.ts';

/** An error as PostgreSQL sends it, with values in every part that can quote one. */
function sent(code: string, changes: Partial<DatabaseError> = {}): DatabaseError {
  const error = new DatabaseError('duplicate key value: canary', 7, 'error');
  return Object.assign(
    error,
    { code, detail: 'Key (name)=(canary) already exists.', where: 'canary' },
    changes,
  );
}

function network(code: string): Error {
  return Object.assign(new Error(`connect ${code} canary.example:5432`), { code });
}

describe('what the database throws', () => {
  it.each(['08006', '57P01', '57P03', '28P01', '53300', '3D000'])(
    'is a database that is away for SQLSTATE %s',
    (code) => {
      expect(toDatabaseError(sent(code))).toMatchObject({
        code: 'database_unavailable',
        details: { sqlState: code },
      });
    },
  );

  it.each(['ECONNREFUSED', 'ENOENT', 'ENOTFOUND', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN'])(
    'is a database that is away for %s',
    (code) => {
      expect(toDatabaseError(network(code))).toMatchObject({
        code: 'database_unavailable',
        details: { reason: code },
      });
    },
  );

  it('is a mistake of Hajiri when a statement is refused, with the rule that it broke', () => {
    const error = toDatabaseError(
      sent('23505', { constraint: 'organisation_name_key', table: 'organisation' }),
    );
    expect(error).toMatchObject({
      code: 'internal',
      details: { sqlState: '23505', constraint: 'organisation_name_key', table: 'organisation' },
    });
  });

  it('tells no value that it quotes', () => {
    for (const error of [sent('23505'), sent('22P02'), sent('08006'), network('ECONNREFUSED')].map(
      toDatabaseError,
    )) {
      expect(error).toBeInstanceOf(HajiriError);
      const { message, details, cause } = error as HajiriError; // just seen
      expect(JSON.stringify({ message, details, cause })).not.toContain('canary');
    }
  });

  it('leaves as it is what is not of the database', () => {
    const ours = new HajiriError('not_found', 'There is no run 7.');
    const mistake = new TypeError('x is not a function');
    for (const error of [ours, mistake, 'text', null]) expect(toDatabaseError(error)).toBe(error);
  });
});
