export const organisation = {
  title: 'Company',
  summary: 'What the company is called here, and how long its data is kept',
  name: 'Name',
  zone: 'Time zone',
  hint: 'The zone is part of every stored day. Whoever runs Hajiri changes it on the command line.',
  keep: 'How long data is kept',
  keepHint:
    'In days. What is older is removed each night, and is not brought back. The attendance days themselves stay.',
  rawRecordDays: 'Records as Keka sent them',
  revisionDays: 'Earlier values of corrected days',
  runDays: 'Runs and their problems',
  auditDays: 'Audit trail',
  whole: 'A whole number of days.',
  save: 'Save',
  saved: 'Saved. It holds from tonight.',
  failedTitle: 'The settings could not be loaded',
  failedSave: 'The settings could not be saved',
} as const;
