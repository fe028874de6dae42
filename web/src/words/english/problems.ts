export const problems = {
  unknownTitle: 'There is no page for this problem',
  unknownText: '"{{code}}" is not the code of a problem.',
  toRuns: 'Look at the Integration report',
  whatToDo: 'What to do',
  englishOnly: 'This page is in English.',
} as const;
