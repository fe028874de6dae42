import { englishOfRules } from './english-of-rules.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of the rules of a day.
addEnglish(englishOfRules);
