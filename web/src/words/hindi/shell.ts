import type { shell as english } from '../english/shell.ts';
import type { Translated } from '../translated.ts';

export const shell: Translated<typeof english> = {
  skip: 'सीधे सामग्री पर जाएँ',
  navigation: 'मुख्य नेविगेशन',
  openNavigation: 'नेविगेशन खोलें',
  closeNavigation: 'नेविगेशन बंद करें',
  overview: 'सारांश',
  daily: 'दैनिक हाज़िरी',
  integration: 'इंटीग्रेशन रिपोर्ट',
  connections: 'कनेक्शन',
  settings: 'सेटिंग',
  theme: 'रंग-रूप',
  themeLight: 'हल्का',
  themeDark: 'गहरा',
  themeAuto: 'सिस्टम के अनुसार',
  language: 'भाषा',
  notFoundTitle: 'इस पते पर कोई पेज नहीं है',
  notFoundText: 'शायद पेज हटा दिया गया है, या कॉपी करते समय पता अधूरा रह गया।',
  toOverview: 'सारांश पर जाएँ',
  brokenTitle: 'यह पेज दिखाया नहीं जा सका',
  brokenText: 'ब्राउज़र में Hajiri से ग़लती हुई। कोई डेटा नहीं खोया।',
  tryAgain: 'फिर से कोशिश करें',
  close: 'बंद करें',
  leave: {
    title: 'बिना सहेजे जाएँ?',
    text: 'इस पृष्ठ पर आपने जो बदला वह खो जाएगा।',
    leave: 'जाएँ',
    stay: 'रुकें',
  },
};
