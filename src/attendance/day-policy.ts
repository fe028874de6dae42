/** What an organisation asks of a day. Durations are whole minutes. */
export type DayPolicy = {
  /** Its number in the organisation; null for what holds where nobody has made one. */
  readonly id: number | null;
  /** In so many minutes after the start of the shift is still on time. */
  readonly lateGraceMinutes: number;
  /** Out so many minutes before the end of the shift is still not early. */
  readonly earlyOutGraceMinutes: number;
  /** Effective time that makes a full day; null: punches alone make one. */
  readonly fullDayMinutes: number | null;
  /** Effective time that makes half a day; null: not asked for. */
  readonly halfDayMinutes: number | null;
  /** In and Out that lie no further apart are more likely one punch made twice; 0 takes none for that. */
  readonly shortSpanMinutes: number;
  /** Effective time beyond what the shift asks for is overtime from this much on; null: what Keka calls overtime is. */
  readonly overtimeAfterMinutes: number | null;
};

/** Asks for nothing that the company has not said: no grace, no hours, Keka's own overtime. */
export const standardPolicy: DayPolicy = {
  id: null,
  lateGraceMinutes: 0,
  earlyOutGraceMinutes: 0,
  fullDayMinutes: null,
  halfDayMinutes: null,
  shortSpanMinutes: 5,
  overtimeAfterMinutes: null,
};
