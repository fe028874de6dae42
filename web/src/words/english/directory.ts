/** What the pages of the directory have in common. */
export const directory = {
  sections: 'Sections of the directory',
  section: {
    employees: 'Employees',
    links: 'Links to Keka',
    imports: 'Imports',
    teams: 'Teams',
    exclusions: 'Left out',
  },
  cancel: 'Cancel',
  save: 'Save',
  failedSave: 'This could not be saved',
  clear: 'Clear filters',
  undo: 'Undo',
  undoFailed: 'This could not be undone',
  done: 'Done',
  noName: 'No name',
  none: 'none',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  range: '{{from}} – {{to}} of {{total}}',
  picker: {
    hint: 'Type a part of the name, Employee ID or e-mail address.',
    nobody: 'Nobody found',
    looking: 'Looking',
  },
} as const;
