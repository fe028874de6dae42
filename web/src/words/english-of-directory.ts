import { directory } from './english/directory.ts';
import { employees } from './english/employees.ts';
import { exclusions } from './english/exclusions.ts';
import { imports } from './english/imports.ts';
import { links } from './english/links.ts';
import { teams } from './english/teams.ts';

/** Words that come with the pages of the directory, and not before. */
export const englishOfDirectory = { directory, employees, exclusions, imports, links, teams };
