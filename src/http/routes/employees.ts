import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  employeeDetails,
  employeeExportQuery,
  employeeInput,
  employeeList,
  employeeListQuery,
  employeeParams,
  employeeQuery,
  employeeValues,
} from '../../contract/employees.ts';
import { addEmployee, changeEmployee } from '../../directory/change-employee.ts';
import { listEmployees } from '../../directory/list-employees.ts';
import { listDirectoryValues } from '../../directory/list-values.ts';
import { readEmployee } from '../../directory/read-employee.ts';
import { renderEmployeesCsv, renderEmployeesXlsx } from '../../reports/directory/render-employees.ts';

const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function addEmployeeRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/employees',
    {
      config: { needs: 'read the directory' },
      schema: {
        summary: 'The directory, searched, filtered and sorted, a page at a time',
        querystring: employeeListQuery,
        response: { 200: employeeList },
      },
    },
    async (request, reply) => {
      const { organisation, ...query } = request.query;
      reply.header('cache-control', 'no-store');
      return listEmployees(await request.organisationContext(organisation), query);
    },
  );

  app.get(
    '/api/v1/employees/export',
    {
      config: { needs: 'read the directory' },
      schema: {
        summary: 'The same people as a file that can be imported again',
        querystring: employeeExportQuery,
        response: {
          200: {
            description: 'The file',
            content: { 'text/csv': { schema: z.string() }, [xlsxType]: { schema: z.any() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { organisation, format, ...filter } = request.query;
      const { rows } = await listEmployees(await request.organisationContext(organisation), filter);
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="employees.${format}"`);
      return format === 'csv'
        ? reply.type('text/csv; charset=utf-8').send(renderEmployeesCsv(rows))
        : reply.type(xlsxType).send(await renderEmployeesXlsx(rows));
    },
  );

  addValuesRoute(server);

  app.get(
    '/api/v1/employees/:id',
    {
      config: { needs: 'read the directory' },
      schema: {
        summary: 'One employee with teams and links',
        params: employeeParams,
        querystring: employeeQuery,
        response: { 200: employeeDetails },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      reply.header('cache-control', 'no-store');
      return readEmployee(await request.organisationContext(query.organisation), params.id);
    },
  );
  addChangeRoutes(server);
}

function addValuesRoute(server: FastifyInstance): void {
  server.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/employees/values',
    {
      config: { needs: 'read the directory' },
      schema: {
        summary: 'Locations, designations and tags that stand in the directory',
        querystring: employeeQuery,
        response: { 200: employeeValues },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      return listDirectoryValues(await request.organisationContext(request.query.organisation));
    },
  );
}

function addChangeRoutes(server: FastifyInstance): void {
  const app = server.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/api/v1/employees',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Adds an employee',
        querystring: employeeQuery,
        body: employeeInput,
        response: { 201: employeeDetails },
      },
    },
    async (request, reply) => {
      const { query, body } = request;
      const context = await request.organisationContext(query.organisation);
      return reply.code(201).send(await addEmployee(context, body));
    },
  );

  app.patch(
    '/api/v1/employees/:id',
    {
      config: { needs: 'manage the directory' },
      schema: {
        summary: 'Changes an employee; what is not given stays',
        params: employeeParams,
        querystring: employeeQuery,
        body: employeeInput,
        response: { 200: employeeDetails },
      },
    },
    async (request, reply) => {
      const { params, query, body } = request;
      reply.header('cache-control', 'no-store');
      return changeEmployee(await request.organisationContext(query.organisation), params.id, body);
    },
  );
}
