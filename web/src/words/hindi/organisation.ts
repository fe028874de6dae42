import type { organisation as english } from '../english/organisation.ts';
import type { Translated } from '../translated.ts';

export const organisation: Translated<typeof english> = {
  title: 'कंपनी',
  summary: 'यहाँ कंपनी का नाम क्या है, और उसका डेटा कब तक रखा जाता है',
  name: 'नाम',
  zone: 'समय क्षेत्र',
  hint: 'समय क्षेत्र हर सहेजे गए दिन का हिस्सा है। जो Hajiri चलाता है वह इसे कमांड लाइन पर बदलता है।',
  keep: 'डेटा कब तक रखा जाए',
  keepHint: 'दिनों में। इससे पुराना हर रात हटाया जाता है, और वापस नहीं आता। हाज़िरी के दिन बने रहते हैं।',
  rawRecordDays: 'Keka से जैसे आए वैसे रिकॉर्ड',
  revisionDays: 'सुधारे गए दिनों के पहले के मान',
  runDays: 'रन और उनकी समस्याएँ',
  auditDays: 'बदलावों का लेखा',
  whole: 'दिनों की पूरी संख्या।',
  save: 'सहेजें',
  saved: 'सहेजा गया। आज रात से लागू।',
  failedTitle: 'सेटिंग नहीं लाई जा सकीं',
  failedSave: 'सेटिंग सहेजी नहीं जा सकीं',
};
