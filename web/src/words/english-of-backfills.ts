import { backfills } from './english/backfills.ts';

/** Words that come with the page of backfills, and not before. */
export const englishOfBackfills = { backfills };
