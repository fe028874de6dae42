import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readAuditTrail } from '../../accounts/read-audit-trail.ts';
import { auditTrail, auditTrailQuery } from '../../contract/audit-trail.ts';
import { toDate } from '../../contract/query-schemas.ts';
import { renderAuditTrailCsv } from '../../reports/audit/render-audit-trail.ts';

export function addAuditTrailRoutes(server: FastifyInstance): void {
  server.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/audit-trail',
    {
      config: { needs: 'read the audit trail' },
      schema: {
        summary: 'Who changed what and when, newest first',
        querystring: auditTrailQuery,
        response: {
          200: {
            description: 'The entries, in the format that was asked for',
            content: { 'application/json': { schema: auditTrail }, 'text/csv': { schema: z.string() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { organisation, search, limit, format, from, to } = request.query;
      const context = await request.organisationContext(organisation);
      const entries = await readAuditTrail(context, { limit, search, from: toDate(from), to: toDate(to) });
      reply.header('cache-control', 'no-store');
      if (format === 'json') return entries;
      return reply
        .header('content-disposition', 'attachment; filename="audit-trail.csv"')
        .type('text/csv; charset=utf-8')
        .send(renderAuditTrailCsv(entries));
    },
  );
}
