import type { failures as english } from '../english/failures.ts';
import type { Translated } from '../translated.ts';

export const failures: Translated<typeof english> = {
  unreachable: 'Hajiri जवाब नहीं दे रहा',
  unreachableText: 'नेटवर्क जाँचें, और देखें कि Hajiri अपनी मशीन पर चल रहा है।',
  notLoaded: 'Hajiri नहीं लाया जा सका',
  notAllowed: 'आपको इसका अधिकार नहीं है',
  notAllowedText: 'इस कंपनी में आपकी भूमिका में यह शामिल नहीं है। स्वामी या प्रशासक से पूछें।',
  whatToDo: 'क्या करें',
  readMore: 'इस समस्या के बारे में और जानें',
  requestId: 'अनुरोध {{id}}',
  tryAgain: 'फिर से कोशिश करें',
  loading: 'लाया जा रहा है',
};
