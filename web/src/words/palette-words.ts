import './directory-words.ts';
import './report-words.ts';
import { englishOfPalette } from './english-of-palette.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of the command palette, and those of the pages that it names.
addEnglish(englishOfPalette);
