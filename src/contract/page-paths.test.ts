import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isPagePath, pagePaths } from './page-paths.ts';

describe('the addresses of pages', () => {
  it('are those of the router of the pages', async () => {
    const router = await readFile(new URL('../../web/src/router.tsx', import.meta.url), 'utf8');
    const routed = [...router.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, path = '']) =>
      path.replaceAll('$', ':'),
    );
    expect(new Set(routed)).toEqual(new Set(pagePaths));
  });

  it('are told from others', () => {
    expect(isPagePath('/')).toBe(true);
    expect(isPagePath('/daily-attendance')).toBe(true);
    expect(isPagePath('/daily-attendance/x')).toBe(false);
    expect(isPagePath('/api/v1/runs')).toBe(false);
  });
});
