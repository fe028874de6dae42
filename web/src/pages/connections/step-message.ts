import type { TFunction } from 'i18next';
import type { ConnectionTestStep } from '../../../../src/contract/connections.ts';
import type { Formats } from '../../time/formats.ts';
import type { ProblemWords } from '../../words/use-problem-words.ts';

/** What a step has found, in the reader's language, with its figures. */
export function stepMessage(
  step: ConnectionTestStep,
  t: TFunction<'connections'>,
  formats: Formats,
  language: string,
  words: ProblemWords | null,
): string {
  const { name, outcome, facts, message } = step;
  const number = (fact: string) => formats.number(Number(facts[fact] ?? 0));
  const text = (fact: string) => String(facts[fact] ?? '');
  const count = Number(facts['count'] ?? 0);
  if (outcome === 'skipped') return t('test.skipped');
  if (name === 'matching') {
    const sentences: string[] = [t('test.matched', { matched: number('matched'), of: number('of') })];
    if (facts['employees'] === 0) sentences.push(t('test.noDirectory'));
    else if (typeof facts['misses'] === 'string')
      sentences.push(t('test.misses', { misses: text('misses') }));
    return sentences.join(' ');
  }
  // What the server says has the facts of this very case; it says so in English.
  if (outcome !== 'passed') return language === 'en' || words === null ? message : `${words.title}.`;
  switch (name) {
    case 'name':
      return t('test.name', { host: text('host') });
    case 'sign_in':
      return t('test.signIn');
    case 'attendance':
      return t('test.attendance', { count, date: formats.shortDate(text('date')) });
    case 'employees':
      return t('test.employees', { count });
  }
}
