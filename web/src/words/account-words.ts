import { englishOfAccount } from './english-of-account.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of the account.
addEnglish(englishOfAccount);
