import type { directory as english } from '../english/directory.ts';
import type { Translated } from '../translated.ts';

export const directory: Translated<typeof english> = {
  sections: 'निर्देशिका के भाग',
  section: {
    employees: 'कर्मचारी',
    links: 'Keka से लिंक',
    imports: 'इंपोर्ट',
    teams: 'टीमें',
    exclusions: 'छोड़े गए',
  },
  cancel: 'रहने दें',
  save: 'सहेजें',
  failedSave: 'यह सहेजा नहीं जा सका',
  clear: 'फ़िल्टर हटाएँ',
  undo: 'वापस लें',
  undoFailed: 'यह वापस नहीं लिया जा सका',
  done: 'हो गया',
  noName: 'नाम नहीं',
  none: 'कोई नहीं',
  pages: 'पेज',
  previous: 'पिछला',
  next: 'अगला',
  range: '{{total}} में से {{from}} – {{to}}',
  picker: {
    hint: 'नाम, कर्मचारी आईडी या ई-मेल पते का कोई हिस्सा लिखें।',
    nobody: 'कोई नहीं मिला',
    looking: 'खोजा जा रहा है',
  },
};
