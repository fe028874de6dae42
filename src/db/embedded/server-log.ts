import { constants, type FileHandle, open, rename, stat } from 'node:fs/promises';
import { giveTo, type RunAs } from './run-as.ts';

const largestLog = 10 * 1024 * 1024;
const longestTail = 64 * 1024;

/** Opens the server's log to append to it; one that has grown too large becomes `<log>.1` before, in place of an older one. */
export async function openServerLog(
  file: string,
  runAs: RunAs,
): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLog) await rename(file, `${file}.1`);
  // Root must not be led elsewhere by a symbolic link in a folder that belongs to somebody else.
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await open(file, flags, 0o600);
  await giveTo(runAs, file);
  return { handle, size: size > largestLog ? 0 : size };
}

export type LogLine = { readonly sqlState: string; readonly text: string };

/** The lines from FATAL upwards that were written after `offset` (bytes): why a start failed. The earliest faults come before our line prefix is in force, so without a SQLSTATE. */
export async function readFatalLines(file: string, offset: number): Promise<LogLine[]> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(longestTail), 0, longestTail, offset);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return [...text.matchAll(/^.*\[\d+\] (?:([0-9A-Z]{5}) )?(?:FATAL|PANIC): {2}(.*)$/gm)].map((match) => ({
      sqlState: match[1] ?? '',
      text: match[2] ?? '',
    }));
  } finally {
    await handle.close();
  }
}
