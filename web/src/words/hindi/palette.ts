import type { palette as english } from '../english/palette.ts';
import type { Translated } from '../translated.ts';

export const palette: Translated<typeof english> = {
  title: 'यहाँ जाएँ',
  hint: 'पृष्ठ, व्यक्ति, तारीख़, रिपोर्ट',
  nothing: 'इस नाम से कुछ नहीं मिला। नाम का कोई हिस्सा, कर्मचारी आईडी, या 10/3 जैसी तारीख़ लिखें।',
  looking: 'लोगों को खोजा जा रहा है',
  group: { day: 'तारीख़', people: 'लोग', pages: 'पृष्ठ', reports: 'रिपोर्ट' },
  day: '{{date}} की दैनिक हाज़िरी',
  searchDaily: 'दैनिक हाज़िरी में “{{words}}” खोजें',
};
