import { socketPort } from './socket-folder.ts';

/**
 * The command line settings of the server. They win over the files in the cluster folder, so an edit there cannot open a
 * TCP port or put people's data into the log.
 */
export function serverArguments(options: {
  readonly clusterFolder: string;
  readonly socketFolder: string;
  readonly extra: Readonly<Record<string, string>>;
}): string[] {
  const settings: Readonly<Record<string, string>> = {
    cluster_name: 'hajiri',
    listen_addresses: '',
    port: String(socketPort),
    // A list of folders: quoted, because a comma or a blank in the name would end it.
    unix_socket_directories: `"${options.socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
    max_connections: '100',
    timezone: 'UTC',
    ...logSettings,
    ...options.extra,
  };
  return [
    '-D',
    options.clusterFolder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * The log says what happens to the server and nothing about what it stores: no statements and parameters, no errors of
 * statements (their text quotes values), and no details (they quote rows and the statements of crashed sessions).
 */
const logSettings = {
  log_destination: 'stderr',
  logging_collector: 'off',
  log_timezone: 'UTC',
  // The SQLSTATE (%e) tells a start that may be tried again from one that may not, in every language.
  log_line_prefix: '%m [%p] %e ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  // A line every five minutes would let the log of a server that runs for years grow without end.
  log_checkpoints: 'off',
} as const;
