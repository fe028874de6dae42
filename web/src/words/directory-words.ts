import { englishOfDirectory } from './english-of-directory.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of the directory.
addEnglish(englishOfDirectory);
