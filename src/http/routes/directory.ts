import type { FastifyInstance } from 'fastify';
import { addEmployeeImportRoutes } from './employee-imports.ts';
import { addEmployeeRoutes } from './employees.ts';
import { addExclusionRoutes } from './exclusions.ts';
import { addLinkRoutes } from './links.ts';
import { addPeopleRoutes } from './people.ts';
import { addTeamRoutes } from './teams.ts';

/** Employees, teams, imports, exclusions, and the links to people in Keka. */
export async function addDirectoryRoutes(server: FastifyInstance): Promise<void> {
  addEmployeeRoutes(server);
  addTeamRoutes(server);
  addExclusionRoutes(server);
  addLinkRoutes(server);
  addPeopleRoutes(server);
  await server.register(addEmployeeImportRoutes);
}
