import { sql } from 'kysely';

/** Whether Keka itself says that day `d` of source person `p` lies outside of the time of employment. */
export const outsideSourceEmployment = sql<boolean>`coalesce(d.date < p.joining_date or d.date > p.exit_date, false)`;

/**
 * Whether day `d` of an unlinked person `p` is one to tell of. Keka has records of people who left long ago or have
 * not joined yet (seen live); without a punch they say nothing.
 */
export const unlinkedDayCounts = sql<boolean>`(not ${outsideSourceEmployment} or d.first_in is not null
  or d.last_out is not null or d.first_in_unreadable or d.last_out_unreadable)`;
