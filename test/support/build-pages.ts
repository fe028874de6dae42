import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { findOrBuildPages } from '../../src/http/pages/build-pages.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with the pages, built from the sources as they are. */
    pagesFolder: string;
  }
}

/** Once for a test run: no test then finds itself the first to start, and waits for them. */
export default async function buildPages(project: TestProject): Promise<void> {
  const folder = await findOrBuildPages({
    projectFolder: fileURLToPath(new URL('../..', import.meta.url)),
    signal: new AbortController().signal,
    onBuild: () => {},
  });
  project.provide('pagesFolder', folder);
}
