import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isStillRunning, lookUpProcess } from '../../processes/process-identity.ts';
import { giveTo, type RunAs } from './run-as.ts';

export type Claim = 'exclusive' | 'shared';

const entrySchema = z.object({
  pid: z.int().positive(),
  birth: z.string().nullable(),
  claim: z.enum(['exclusive', 'shared']),
});

/** Nothing else in the folder is touched, whatever it is. */
const fileNamePattern = /^\d+-[0-9a-f]{8}\.json(?:\.new)?$/;

export type RegistryEntry = z.infer<typeof entrySchema>;

/**
 * Who uses the server of a data folder: one small file per use, `<folder>/<pid>-<random>.json`, as one process may use
 * it twice. Only read and written under the server lock.
 */
export type ProcessRegistry = {
  /** The uses by living processes. Files of dead processes, and of dead ones whose pid now belongs to another, are removed. */
  live(): Promise<RegistryEntry[]>;
  /** Adds a use by this process; the result takes it away again. */
  register(claim: Claim): Promise<() => Promise<void>>;
};

export function createProcessRegistry(options: {
  readonly folder: string;
  readonly runAs: RunAs;
}): ProcessRegistry {
  const { folder, runAs } = options;

  const live = async (): Promise<RegistryEntry[]> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await giveTo(runAs, folder);
    const entries: RegistryEntry[] = [];
    for (const name of await readdir(folder)) {
      if (!fileNamePattern.test(name)) continue;
      const entry = await readEntry(join(folder, name));
      if (entry !== undefined && (await isStillRunning(entry))) entries.push(entry);
      else await rm(join(folder, name), { force: true });
    }
    return entries;
  };

  const register = async (claim: Claim): Promise<() => Promise<void>> => {
    const state = await lookUpProcess(process.pid);
    const birth = state.kind === 'alive' ? state.birth : null;
    const file = join(folder, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
    // Written aside and renamed: a crash leaves no half entry under the final name.
    await writeFile(
      `${file}.new`,
      JSON.stringify({ pid: process.pid, birth, claim } satisfies RegistryEntry),
      {
        flag: 'wx',
        mode: 0o600,
      },
    );
    await giveTo(runAs, `${file}.new`);
    await rename(`${file}.new`, file);
    return async () => rm(file, { force: true });
  };

  return { live, register };
}

async function readEntry(file: string): Promise<RegistryEntry | undefined> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}
