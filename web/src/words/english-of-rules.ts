import { rules } from './english/rules.ts';

/** Words that come with the page of the rules of a day, and not before. */
export const englishOfRules = { rules };
