import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import {
  importApplied,
  importDetails,
  importFileTypes,
  importList,
  importListQuery,
  importParams,
  importQuery,
  importRows,
  importRowsQuery,
  importUndone,
  importUploadQuery,
} from '../../contract/employee-imports.ts';
import { toDate } from '../../contract/query-schemas.ts';
import { applyImport } from '../../directory/import/apply-import.ts';
import { previewImport } from '../../directory/import/preview-import.ts';
import { listImports, readImport, readImportRows } from '../../directory/import/read-imports.ts';
import { undoImport } from '../../directory/import/undo-import.ts';
import { withUpload } from '../spool-upload.ts';

/** To be registered in a scope of its own: it takes bodies as they come. */
export async function addEmployeeImportRoutes(server: FastifyInstance): Promise<void> {
  const app = server.withTypeProvider<ZodTypeProvider>();
  app.addContentTypeParser([...importFileTypes], (_request, body, done) => done(null, body));

  app.post(
    '/api/v1/employee-imports',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Reads a CSV or XLSX file and says what it would do; nothing is changed',
        description: `The body is the file itself, as ${importFileTypes.join(' or ')}.`,
        querystring: importUploadQuery,
        response: { 201: importDetails },
      },
    },
    async (request, reply) => {
      const { organisation, name, teamFrom } = request.query;
      const context = await request.organisationContext(organisation);
      const preview = await withUpload(request.body, name, (file) =>
        previewImport(context, file, { teamFrom: toDate(teamFrom) }),
      );
      return reply.code(201).send(preview);
    },
  );

  addReadingRoutes(server);
  addDecisionRoutes(server);
}

function addReadingRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/employee-imports',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'The imports, newest first',
        querystring: importListQuery,
        response: { 200: importList },
      },
    },
    async (request, reply) => {
      const { organisation, limit } = request.query;
      reply.header('cache-control', 'no-store');
      return listImports(await request.organisationContext(organisation), { limit });
    },
  );

  app.get(
    '/api/v1/employee-imports/:id',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'One import, or the preview of one',
        params: importParams,
        querystring: importQuery,
        response: { 200: importDetails },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const context = await request.organisationContext(request.query.organisation);
      return readImport(context, request.params.id);
    },
  );

  app.get(
    '/api/v1/employee-imports/:id/rows',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Its rows with what each does, field by field',
        params: importParams,
        querystring: importRowsQuery,
        response: { 200: importRows },
      },
    },
    async (request, reply) => {
      const { organisation, ...query } = request.query;
      reply.header('cache-control', 'no-store');
      return readImportRows(await request.organisationContext(organisation), request.params.id, query);
    },
  );
}

function addDecisionRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/employee-imports/:id/apply',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Does what the preview says: all of it, or nothing',
        params: importParams,
        querystring: importQuery,
        response: { 200: importApplied },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return applyImport(await request.organisationContext(request.query.organisation), request.params.id);
    },
  );

  app.post(
    '/api/v1/employee-imports/:id/undo',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Takes an import back, while nothing later depends on it',
        params: importParams,
        querystring: importQuery,
        response: { 200: importUndone },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return undoImport(await request.organisationContext(request.query.organisation), request.params.id);
    },
  );
}
