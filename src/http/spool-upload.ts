import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { GivenFile } from '../directory/import/given-file.ts';
import { InvalidInputError } from '../errors/hajiri-error.ts';

const largestBytes = 256 * 1024 * 1024;

/**
 * Keeps what is sent in a file of its own that nobody else may read, for as long as `work` lasts: it is read more than
 * once, and is too large for memory. Throws InvalidInputError when there is too much of it.
 */
export async function withUpload<Result>(
  body: unknown,
  name: string,
  work: (file: GivenFile) => Promise<Result>,
): Promise<Result> {
  if (!(body instanceof Readable)) throw new InvalidInputError([{ field: 'file', reason: 'is empty' }]);
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-upload-'));
  try {
    const path = join(folder, 'file');
    await pipeline(body, limitTo(largestBytes), createWriteStream(path, { mode: 0o600 }));
    return await work({ name, read: () => createReadStream(path) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function limitTo(most: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size <= most) done(null, chunk);
      else {
        done(new InvalidInputError([{ field: 'file', reason: `is larger than ${most / 1024 / 1024} MiB` }]));
      }
    },
  });
}
