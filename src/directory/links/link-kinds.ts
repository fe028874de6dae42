/**
 * What a person in Keka or an employee is to a connection. The first is how it should be; the next eight are troubles;
 * the last two were settled by somebody or by a rule.
 */
export const linkKinds = [
  'linked',
  'no_employee_id',
  'no_source_key',
  'not_in_directory',
  'ambiguous',
  'two_people',
  'code_reused',
  'no_source_person',
  'unlinked_by_hand',
  'ignored',
  'excluded',
] as const;
export type LinkKind = (typeof linkKinds)[number];

/** Why two may be one, the strongest first. */
export const suggestionReasons = [
  'same_key',
  'same_email',
  'same_name_and_joining_date',
  'near_code',
  'same_name',
] as const;
export type SuggestionReason = (typeof suggestionReasons)[number];
