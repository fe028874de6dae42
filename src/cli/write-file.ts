import { open, rename, rm } from 'node:fs/promises';
import { errorCode } from '../errors/error-code.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';

/**
 * Writes a file piece by piece, for whoever writes it alone: names and times of people are in it. It has its name only
 * when it is whole. Throws InvalidInputError, of `--output`, where it cannot be written.
 */
export async function writeFileWhole(
  file: string,
  work: (write: (piece: string | Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const partial = `${file}.part`;
  try {
    const handle = await refuseFault(() => open(partial, 'w', 0o600));
    try {
      await work(async (piece) => {
        await refuseFault(() => handle.writeFile(piece));
      });
    } finally {
      await handle.close();
    }
    await refuseFault(() => rename(partial, file));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function refuseFault<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const reason = `cannot be written (${errorCode(error) ?? 'unknown'})`;
    throw new InvalidInputError([{ field: '--output', reason }]);
  }
}
