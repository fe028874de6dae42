/** In the order of the server's own list. */
export const musterCodes = [
  'P',
  'MP',
  'HD',
  'A',
  'L',
  'WO',
  'HWO',
  'H',
  'WOP',
  'HP',
  'PR',
  'NR',
  'NY',
  'NL',
  'U',
] as const;
