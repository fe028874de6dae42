import { accountProblems } from './account-problems.ts';

/**
 * The closed list of everything that can go wrong and that a person should know about. One code is used for the
 * same thing everywhere: thrown errors, problems of a run, HTTP answers and the command line. Each code has a page,
 * `docs/problems/<code>.md`; a test keeps the two lists equal.
 */

export type ProblemSeverity =
  /** The run, command or start cannot go on. */
  | 'failure'
  /** Something is missing from the reports until a person acts. */
  | 'action'
  /** Worth knowing; nothing is missing. */
  | 'notice';

export type ProblemDescription = {
  readonly severity: ProblemSeverity;
  /** A few words for a heading or a table cell. */
  readonly title: string;
  /** What a person in HR or IT should do next, in one or two sentences. */
  readonly nextStep: string;
};

const descriptions = {
  // What Keka answers
  credentials_refused: {
    severity: 'failure',
    title: 'Keka refused the Client ID or Client Secret',
    nextStep:
      'Copy the Client ID and Client Secret again from Keka (Global Settings, Integrations & Automation, API Access) and save them in the connection.',
  },
  key_expired: {
    severity: 'failure',
    title: 'Keka refused the API key: it is wrong, expired or was revoked',
    nextStep: 'Ask a Keka Global Admin to create a new API key and save it in the connection.',
  },
  privilege_missing: {
    severity: 'failure',
    title: 'The API key lacks a privilege',
    nextStep:
      'Ask a Keka Global Admin to edit the API key, tick the privilege that is named here ("Mark Attendance" for attendance) and save.',
  },
  company_not_found: {
    severity: 'failure',
    title: 'Keka knows no company under this subdomain',
    nextStep:
      'Open Keka in a browser and compare the address: for https://company.keka.com the subdomain is "company".',
  },
  rate_limited: {
    severity: 'failure',
    title: 'Keka kept refusing because of too many requests',
    nextStep:
      'Nothing is lost. Fetch again later; if this comes back, look for other programs that use the same Keka company and lower the requests per minute of the connection.',
  },
  range_refused: {
    severity: 'failure',
    title: 'Keka refuses to read these dates',
    nextStep:
      'Keka serves about the last three months. Fetch a later range; take older days from a report exported in Keka.',
  },
  not_json: {
    severity: 'failure',
    title: 'Keka answered with a page instead of data',
    nextStep:
      'Keka may be under maintenance, or a proxy stands in between. Open Keka in a browser, then fetch again.',
  },
  said_failed: {
    severity: 'failure',
    title: 'Keka answered that the request failed',
    nextStep: 'Fetch again later. If it stays, send the reason shown here to Keka support.',
  },
  server_error: {
    severity: 'failure',
    title: 'Keka had an internal error',
    nextStep: 'Nothing is lost. Fetch again in a few minutes; if it stays, ask Keka support.',
  },
  network_dns: {
    severity: 'failure',
    title: "Keka's address could not be found",
    nextStep: 'Check the subdomain and that this machine can resolve Internet names (DNS); then fetch again.',
  },
  network_refused: {
    severity: 'failure',
    title: 'The connection to Keka was refused or broken',
    nextStep: 'Check that a firewall or proxy lets this machine reach Keka over HTTPS; then fetch again.',
  },
  network_timeout: {
    severity: 'failure',
    title: 'Keka did not answer in time',
    nextStep: 'Nothing is lost. Fetch again later; if it stays, check the network between here and Keka.',
  },
  network_tls: {
    severity: 'failure',
    title: "Keka's certificate could not be verified",
    nextStep:
      'Check the clock of this machine, and whether a proxy replaces certificates; its authority must then be trusted here.',
  },
  malformed_page: {
    severity: 'failure',
    title: 'Keka answered with data of an unknown shape',
    nextStep:
      'Nothing was stored from this answer. Fetch again; if it stays, report it with the field named here.',
  },
  response_too_large: {
    severity: 'failure',
    title: "Keka's answer was larger than the limit",
    nextStep:
      'An attendance page is far smaller. Check whether a proxy stands in between; if not, ask Keka support.',
  },
  redirect_refused: {
    severity: 'failure',
    title: 'Keka sent us to another address, which was not followed',
    nextStep:
      'Secrets are only ever sent to your own Keka address. Check the subdomain; the company may have been renamed.',
  },
  page_limit: {
    severity: 'failure',
    title: 'Keka announced more pages than the limit',
    nextStep: 'Fetch fewer dates at a time, or raise the page limit in the configuration.',
  },
  // What a run finds
  malformed_record: {
    severity: 'action',
    title: 'A record from Keka could not be understood',
    nextStep:
      "Open the day in Keka and compare. Other people's records were stored; this one is read again with the next fetch.",
  },
  bad_timestamp: {
    severity: 'action',
    title: 'A punch has a time that cannot be read',
    nextStep:
      'Open the day in Keka and correct the punch. Until then an earlier stored value is kept and the day is not counted as absent.',
  },
  date_outside_window: {
    severity: 'action',
    title: 'Keka sent a record for a date that was not asked for',
    nextStep: 'The record was left out. Fetch that date by itself; if this stays, report it to Keka support.',
  },
  duplicate_record: {
    severity: 'notice',
    title: 'Keka sent the same day twice',
    nextStep: 'Nothing to do: the record was stored once.',
  },
  totals_disagree: {
    severity: 'failure',
    title: 'The pages did not add up to the total that Keka announced',
    nextStep: 'The stored days were left as they were. Fetch again when nobody edits attendance in Keka.',
  },
  suspicious_empty: {
    severity: 'action',
    title: 'Keka returned nobody for a day that should have people',
    nextStep:
      'Nothing was changed and nobody was set to absent. Look at the day in Keka; if it really is empty, fetch it again with --accept-unusual-count.',
  },
  suspicious_count: {
    severity: 'action',
    title: 'Keka returned far fewer people than usual',
    nextStep:
      'Nothing was changed and nobody was set to absent. Look at the day in Keka; if the count is right, fetch it again with --accept-unusual-count.',
  },
  no_attendance_in_range: {
    severity: 'notice',
    title: 'Connected, but Keka has no attendance in these dates',
    nextStep: 'Choose dates on which people worked, or check the subdomain.',
  },
  record_withdrawn: {
    severity: 'notice',
    title: 'Keka no longer returns a day that was read before',
    nextStep:
      'The stored day is kept. Open it in Keka: if it was removed there on purpose, nothing needs to be done.',
  },
  changed_after_lock: {
    severity: 'notice',
    title: 'Keka changed days of a month that is locked',
    nextStep: 'Look at them with "hajiri months drift"; take over what is right with "hajiri months accept".',
  },
  already_running: {
    severity: 'failure',
    title: 'A fetch for this connection is already running',
    nextStep: 'Wait for it to end, or follow it with "hajiri runs show".',
  },
  interrupted: {
    severity: 'failure',
    title: 'The fetch was stopped before it could finish',
    nextStep: 'Nothing is half stored. Fetch the same dates again.',
  },
  cancelled: {
    severity: 'failure',
    title: 'Somebody cancelled the fetch',
    nextStep: 'Nothing is half stored. Fetch the same dates again when you want them.',
  },
  dates_no_longer_served: {
    severity: 'action',
    title: 'Dates that were missed are no longer served by Keka',
    nextStep:
      'Keka serves about the last three months. Take these days from a report exported in Keka; Hajiri does not ask for them again.',
  },
  // People
  no_employee_id: {
    severity: 'action',
    title: 'The employee has no Employee ID',
    nextStep: 'Fill in the Employee ID in the directory. The whole stored history then appears at once.',
  },
  not_in_directory: {
    severity: 'action',
    title: 'No employee with this key is in the directory',
    nextStep:
      'Add the person to the directory, or correct the Employee ID there so that it equals the key in Keka.',
  },
  no_source_key: {
    severity: 'action',
    title: 'The person has no identification key in Keka',
    nextStep:
      'Fill in the field in Keka that is chosen as Unique Identification Key, or choose another key for the connection.',
  },
  ambiguous_match: {
    severity: 'action',
    title: 'Several employees have the same Employee ID',
    nextStep:
      'Correct the Employee IDs in the directory so that each is used once (capitals, blanks and invisible characters do not make a difference).',
  },
  duplicate_code: {
    severity: 'action',
    title: 'Several people in Keka have the same key',
    nextStep:
      'Correct the key in Keka, or choose an identification key that is unique, such as the e-mail or the attendance number.',
  },
  employee_already_linked: {
    severity: 'action',
    title: 'The employee with this key is already linked to another person in Keka',
    nextStep:
      'If the code was given to a new person, give that person a new Employee ID in the directory; the history of the earlier person stays where it is.',
  },
  code_reused: {
    severity: 'action',
    title: 'The key belongs to somebody who was employed at another time',
    nextStep:
      'Compare the dates. If it is the same person again, correct the joining and leaving dates in the directory or link them by hand; if the code was given to somebody new, give each an Employee ID of their own.',
  },
  unlinked_by_hand: {
    severity: 'action',
    title: 'Somebody took the link of this person away',
    nextStep:
      'Link the person by hand to the right employee, ignore the person with a reason, or undo the decision.',
  },
  punch_outside_employment: {
    severity: 'action',
    title: 'A punch lies before the joining date or after the leaving date',
    nextStep:
      'Check the joining and leaving dates in the directory, and the punch in Keka. The punch is kept and marked.',
  },
  // The installation
  invalid_input: {
    severity: 'failure',
    title: 'Something in the input is not valid',
    nextStep: 'Correct the field that is named and try again. Nothing was changed.',
  },
  not_found: {
    severity: 'failure',
    title: 'There is nothing under this name or id',
    nextStep: 'Check the spelling; the list commands show what exists.',
  },
  not_possible: {
    severity: 'failure',
    title: 'This is not possible in the present state',
    nextStep: 'Look at it again: somebody may have changed it meanwhile. Nothing was changed.',
  },
  ...accountProblems,
  configuration_invalid: {
    severity: 'failure',
    title: 'The configuration is not valid',
    nextStep: 'Correct the settings that are named; .env.example explains each one.',
  },
  secrets_unreadable: {
    severity: 'failure',
    title: 'The stored credentials cannot be decrypted',
    nextStep:
      'Start Hajiri with the encryption key that was used when they were saved, or enter the credentials of the connection again.',
  },
  database_unavailable: {
    severity: 'failure',
    title: 'The database cannot be reached',
    nextStep:
      'Check DATABASE_URL and that the database runs. With the embedded database, look at the log file named here.',
  },
  database_unsupported: {
    severity: 'failure',
    title: 'The database cannot be used as it is',
    nextStep:
      'Use PostgreSQL 15 or newer, with a user that may create roles, or follow the reason given here.',
  },
  migration_failed: {
    severity: 'failure',
    title: 'The database could not be brought to the current version',
    nextStep: 'Nothing was changed. Keep the previous version running and report the reason given here.',
  },
  data_folder_in_use: {
    severity: 'failure',
    title: 'Another Hajiri is using this data folder',
    nextStep: 'Stop the other one first, or give this one its own folder with HAJIRI_DATA_DIR.',
  },
  data_folder_unusable: {
    severity: 'failure',
    title: 'The data folder cannot be used',
    nextStep: 'Give Hajiri a folder on a local disk that its user may write to, with HAJIRI_DATA_DIR.',
  },
  address_refused: {
    severity: 'failure',
    title: 'The address leads into a private network',
    nextStep:
      'Correct the address. If the receiver is meant to stand in your own network, have it named in HAJIRI_PRIVATE_ADDRESSES.',
  },
  port_taken: {
    severity: 'failure',
    title: 'The port is already in use',
    nextStep: 'Stop the program that uses it, or choose another port.',
  },
  pages_not_built: {
    severity: 'failure',
    title: 'The pages for the browser could not be built',
    nextStep:
      'Mend what is named here and start Hajiri again. The REST API and the command line work without the pages.',
  },
  internal: {
    severity: 'failure',
    title: 'Hajiri made a mistake',
    nextStep: 'Nothing is half stored. Please report it with the request or run id.',
  },
} as const satisfies Record<string, ProblemDescription>;

export type ProblemCode = keyof typeof descriptions;

export const problemCodes: readonly ProblemCode[] = Object.keys(descriptions) as ProblemCode[]; // keys of a literal

export function describeProblem(code: ProblemCode): ProblemDescription {
  return descriptions[code];
}

/** Where the page of a code stands, relative to the root of the project. */
export function problemPage(code: ProblemCode): string {
  return `docs/problems/${code}.md`;
}
