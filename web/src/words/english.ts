import { shell } from './english/shell.ts';

/** Every word of the pages, by the part that shows it. Hindi has the same keys; a test compares. */
export const english = { shell };
