import { HajiriError } from '../../errors/hajiri-error.ts';

export function startFailed(logFile: string, reason: string, cause?: unknown): HajiriError {
  return new HajiriError(
    'database_unavailable',
    `The embedded database did not start (${reason}). Its log is ${logFile}.`,
    { details: { logFile, reason }, cause },
  );
}

/** A server that runs and does not let us in. */
export function serverRefuses(
  files: { readonly logFile: string; readonly passwordFile: string },
  pid: number,
  sqlState: string,
): HajiriError {
  const reason = sqlState.startsWith('28')
    ? `does not accept the password in ${files.passwordFile}`
    : `answers with SQLSTATE ${sqlState}`;
  return new HajiriError(
    'database_unavailable',
    `The embedded database (process ${pid}) runs, but ${reason}. Its log is ${files.logFile}.`,
    { details: { pid, sqlState, logFile: files.logFile } },
  );
}

export function serverUnresponsive(logFile: string, pid: number, whatToDo: string): HajiriError {
  return new HajiriError(
    'database_unavailable',
    `The embedded database (process ${pid}) does not answer${whatToDo} Its log is ${logFile}.`,
    { details: { pid, logFile } },
  );
}
