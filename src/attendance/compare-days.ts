import type { AttendanceDay, PunchReading } from './attendance-day.ts';

/** The values of a day that a person would notice; what a revision keeps of the old and the new version. */
export type DayValues = {
  readonly firstIn: string | null;
  readonly firstInPremise: string | null;
  readonly lastOut: string | null;
  readonly lastOutPremise: string | null;
  readonly dayType: number | null;
  readonly shiftStart: string | null;
  readonly shiftEnd: string | null;
  readonly grossMinutes: number | null;
  readonly effectiveMinutes: number | null;
  readonly breakMinutes: number | null;
  readonly overtimeMinutes: number | null;
  readonly employeeNumber: string | null;
};

export function toDayValues(day: AttendanceDay): DayValues {
  return {
    firstIn: punchText(day.firstIn),
    firstInPremise: premise(day.firstIn),
    lastOut: punchText(day.lastOut),
    lastOutPremise: premise(day.lastOut),
    dayType: day.dayType,
    shiftStart: day.shiftStart?.toString() ?? null,
    shiftEnd: day.shiftEnd?.toString() ?? null,
    grossMinutes: day.grossMinutes,
    effectiveMinutes: day.effectiveMinutes,
    breakMinutes: day.breakMinutes,
    overtimeMinutes: day.overtimeMinutes,
    employeeNumber: day.employeeNumber,
  };
}

/** The names of the values in which two versions of one day differ, in a fixed order. */
export function changedValues(before: DayValues, after: DayValues): readonly (keyof DayValues)[] {
  const names = Object.keys(before) as (keyof DayValues)[]; // keys of a closed type
  return names.filter((name) => before[name] !== after[name]);
}

function punchText(reading: PunchReading): string | null {
  switch (reading.kind) {
    case 'none':
      return null;
    case 'unreadable':
      return 'unreadable';
    case 'punch':
      return reading.punch.at.toString();
  }
}

function premise(reading: PunchReading): string | null {
  return reading.kind === 'punch' ? reading.punch.premise : null;
}
