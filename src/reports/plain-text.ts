/** Without capitals and accents, so that `jose` finds José. Vowel signs of Devanagari are letters and stay. */
export function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[\u{300}-\u{36F}]/gu, '')
    .toLowerCase();
}
