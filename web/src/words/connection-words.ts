import { englishOfConnections } from './english-of-connections.ts';
import { addEnglish } from './words.ts';

// Whoever imports this module can use the words of connections.
addEnglish(englishOfConnections);
