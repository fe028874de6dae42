/** What a theme is called, by the words of the shell. */
export const schemes = [
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
  ['auto', 'themeAuto'],
] as const;

/** A language is named in itself: whoever looks for it cannot read the others. */
export const namesOfLanguages = { en: 'English', hi: 'हिन्दी' } as const;
