import type { Question } from '../../../api/ask.ts';

export const minuteFields = ['lateGrace', 'earlyOutGrace', 'fullDay', 'halfDay', 'overtimeAfter'] as const;
export type MinuteField = (typeof minuteFields)[number];

export const scopes = ['organisation', 'location', 'team', 'shift'] as const;

export type PolicyValues = {
  scope: (typeof scopes)[number];
  subject: string;
  from: string;
} & Record<MinuteField, string>;

export type PolicyInput = NonNullable<Question<'POST /api/v1/attendance-policies'>['body']>;

export function isMinutes(text: string): boolean {
  return /^\d{0,4}$/.test(text.trim());
}

/** What the server is asked; an empty field asks for nothing. */
export function toPolicyInput(values: PolicyValues): PolicyInput {
  const minutes = (field: MinuteField) => (values[field].trim() === '' ? null : Number(values[field]));
  return {
    scope: values.scope,
    subject: values.scope === 'organisation' ? null : values.subject.trim(),
    from: values.from,
    lateGraceMinutes: minutes('lateGrace') ?? 0,
    earlyOutGraceMinutes: minutes('earlyOutGrace') ?? 0,
    fullDayMinutes: minutes('fullDay'),
    halfDayMinutes: minutes('halfDay'),
    overtimeAfterMinutes: minutes('overtimeAfter'),
  };
}

const fieldNames: Readonly<Record<string, string>> = {
  lateGraceMinutes: 'lateGrace',
  earlyOutGraceMinutes: 'earlyOutGrace',
  fullDayMinutes: 'fullDay',
  halfDayMinutes: 'halfDay',
  overtimeAfterMinutes: 'overtimeAfter',
};

/** Faults of the server under the names that the form has. */
export function toFormFaults(faults: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).map(([field, reason]) => [fieldNames[field] ?? field, reason]),
  );
}
