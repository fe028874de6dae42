import { directory } from './english/directory.ts';
import { employees } from './english/employees.ts';
import { imports } from './english/imports.ts';
import { links } from './english/links.ts';

/** Words that come with the pages of the directory, and not before. */
export const englishOfDirectory = { directory, employees, imports, links };
