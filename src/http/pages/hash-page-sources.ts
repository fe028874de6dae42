import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** What the built pages depend on, relative to the root of the project; folders with all that is in them. */
const sources = ['web', 'src/contract', 'docs/problems', 'package-lock.json'];
const notSources = new Set(['dist', 'node_modules']);

/** A name for the pages that these sources make: other sources, other name. */
export async function hashPageSources(projectFolder: string): Promise<string> {
  const files = (await Promise.all(sources.map((name) => filesBelow(join(projectFolder, name))))).flat();
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const content = await readFile(file);
    hash.update(`${relative(projectFolder, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesBelow(path: string): Promise<readonly string[]> {
  if (path.endsWith('.json')) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = entries.map(async (entry): Promise<readonly string[]> => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return notSources.has(entry.name) ? [] : filesBelow(below);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [below];
  });
  return (await Promise.all(found)).flat();
}
