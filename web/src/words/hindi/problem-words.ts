import type { ProblemWords } from '../use-problem-words.ts';

/** By code; where a code has no words here, the English ones of the server stand. */
export const problemWords: Readonly<Record<string, ProblemWords>> = {
  unauthenticated: {
    title: 'कोई साइन इन नहीं है',
    whatToDo: 'साइन इन करें। जब तक कोई स्वामी नहीं है, वह लिंक खोलें जो "hajiri serve" ने शुरू होते समय दिखाया था।',
  },
  session_ended: { title: 'सत्र समाप्त हो गया', whatToDo: 'फिर से साइन इन करें।' },
  sign_in_refused: {
    title: 'ई-मेल पता या पासवर्ड सही नहीं है',
    whatToDo:
      'दोनों जाँचें और फिर कोशिश करें। पासवर्ड भूल गए हों तो नया रखें; फिर भी न हो तो किसी स्वामी या प्रशासक से पूछें कि आपका खाता चालू है या नहीं।',
  },
  second_factor_refused: {
    title: 'कोड सही नहीं है',
    whatToDo: 'वह कोड डालें जो ऐप इसी समय दिखा रहा है, और देखें कि फ़ोन की घड़ी ठीक है। फ़ोन न हो तो रिकवरी कोड डालें।',
  },
  too_many_attempts: {
    title: 'बहुत बार कोशिश हो चुकी है',
    whatToDo: 'पंद्रह मिनट रुकें, फिर कोशिश करें।',
  },
  link_expired: {
    title: 'यह लिंक अब मान्य नहीं है',
    whatToDo: 'जिसने भेजा था उससे नया लिंक माँगें।',
  },
  account_exists: {
    title: 'इस ई-मेल पते का खाता पहले से है',
    whatToDo: 'उस खाते से साइन इन करें, फिर लिंक दोबारा खोलें।',
  },
  cross_site_refused: {
    title: 'अनुरोध इस Hajiri के पेज से नहीं आया',
    whatToDo:
      'Hajiri को उसके अपने पते पर खोलें। प्रॉक्सी के पीछे HAJIRI_PUBLIC_URL में वह पता रखें जो ब्राउज़र इस्तेमाल करते हैं।',
  },
  not_allowed: {
    title: 'आपको यह करने का अधिकार नहीं है',
    whatToDo: 'अपनी कंपनी के किसी स्वामी या प्रशासक से कहें कि वे करें, या आपको ऐसी भूमिका दें।',
  },
  invalid_input: { title: 'कुछ सही नहीं भरा गया', whatToDo: 'लाल रंग में दिखाए गए हिस्से ठीक करें।' },
  not_found: { title: 'यह नहीं मिला', whatToDo: 'शायद इसे हटा दिया गया है। सूची फिर से खोलें।' },
};
