import { englishOfReports } from './english-of-reports.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of the reports.
addEnglish(englishOfReports);
