import { sql } from 'kysely';
import { HajiriError } from '../../errors/hajiri-error.ts';
import type { Installation } from '../../installation.ts';
import type { HttpServer } from '../create-server.ts';

/** `/healthz`: the process answers. `/readyz`: the database does, too. Both tell nothing else to anybody. */
export function addHealthRoutes(app: HttpServer, { kysely }: Installation): void {
  app.get('/healthz', { schema: { hide: true } }, () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async () => {
    try {
      await sql`select 1`.execute(kysely);
      return { status: 'ok' };
    } catch {
      throw new HajiriError('database_unavailable', 'The database does not answer.');
    }
  });
}
