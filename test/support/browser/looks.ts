import type { BrowserContextOptions } from 'playwright-core';

/** The three ways in which every screen is looked at. */
export const looks = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  narrow: { colorScheme: 'light', viewport: { width: 360, height: 740 }, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>;

export type Look = keyof typeof looks;
export const lookNames = ['light', 'dark', 'narrow'] as const satisfies readonly Look[];
