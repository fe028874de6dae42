import { backfills } from './english/backfills.ts';
import { connections } from './english/connections.ts';

/** Words that come with the pages of connections, and not before. */
export const englishOfConnections = { backfills, connections };
