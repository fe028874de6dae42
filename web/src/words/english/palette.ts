/** The field that leads to any page, person, date and report. */
export const palette = {
  title: 'Go to',
  hint: 'A page, a person, a date, a report',
  nothing: 'Nothing of that name. Try a part of a name, an Employee ID, or a date such as 10/3.',
  looking: 'Looking for people',
  group: { day: 'Date', people: 'People', pages: 'Pages', reports: 'Reports' },
  day: 'Daily attendance of {{date}}',
  searchDaily: 'Find “{{words}}” in Daily attendance',
} as const;
