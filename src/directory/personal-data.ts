/**
 * The tables of the directory that hold what can be told of one person, and by which column whose it is. Whoever exports
 * or erases a person goes through all of them; links fall with the employee and with the person in Keka.
 *
 * `employee_import_row` keeps what stood in imported files, for the preview and the undo; whose row it is stands in
 * `employee`, and `before` has the values from before. Previews that nobody applied are removed after a day.
 * `link_decision` names people by their ids only, but `reason` is free text. `source_person` is what Keka tells.
 */
export const directoryTablesWithPersonalData = {
  employee: 'id',
  team_move: 'employee',
  employee_import_row: 'employee',
  link_decision: 'employee',
  person_link: 'employee',
  source_person: 'guid',
} as const;
