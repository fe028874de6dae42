import { palette } from './english/palette.ts';

/** Words that come with the command palette, and not before. */
export const englishOfPalette = { palette };
