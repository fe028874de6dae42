import { englishOfBackfills } from './english-of-backfills.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of backfills.
addEnglish(englishOfBackfills);
