export const time = {
  utc: '{{time}} UTC',
  yours: '{{time}} where you are ({{zone}})',
} as const;
