import { localStorageColorSchemeManager } from '@mantine/core';

/** The same place where first-paint.js looks. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'hajiri.theme' });
