/** Fields of an employee that may follow Keka. */
export const followedFields = [
  'first_name',
  'last_name',
  'email',
  'team',
  'designation',
  'location',
  'joining_date',
  'leaving_date',
] as const;
export type FollowedField = (typeof followedFields)[number];
