import type { problems as english } from '../english/problems.ts';
import type { Translated } from '../translated.ts';

export const problems: Translated<typeof english> = {
  unknownTitle: 'इस समस्या का कोई पेज नहीं है',
  unknownText: '"{{code}}" किसी समस्या का कोड नहीं है।',
  toRuns: 'इंटीग्रेशन रिपोर्ट देखें',
  whatToDo: 'क्या करें',
  englishOnly: 'पूरी व्याख्या अभी अंग्रेज़ी में है:',
};
