const keys = ['working', 'holiday', 'weeklyOff', 'firstHalfOff', 'secondHalfOff'] as const;

/** Under which key of `attendance.dayType` the words for a number of Keka's stand. */
export function dayTypeKey(dayType: number): (typeof keys)[number] | 'unknown' {
  return keys[dayType] ?? 'unknown';
}
