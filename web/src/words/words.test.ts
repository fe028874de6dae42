import { describe, expect, it } from 'vitest';
import { problemCodes } from '../../../src/errors/problem-codes.ts';
import type { ReportFlag, ReportStatus } from '../../../src/reports/daily/daily-row.ts';
import { flagText, statusText } from '../../../src/reports/daily/words.ts';
import { english } from './english.ts';
import { englishOfAccount } from './english-of-account.ts';
import { englishOfConnections } from './english-of-connections.ts';
import { englishOfDirectory } from './english-of-directory.ts';
import { englishOfPalette } from './english-of-palette.ts';
import { englishOfReports } from './english-of-reports.ts';
import { englishOfRules } from './english-of-rules.ts';
import { problemWords } from './hindi/problem-words.ts';
import { hindi } from './hindi.ts';

/** `shell.title` and so on, each with its words. */
function entriesOf(words: object, before = ''): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? entriesOf(value, `${before}${key}.`)
      : [[`${before}${key}`, String(value)] as const],
  );
}

const valuesIn = (text: string) => new Set([...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name));

describe('what the codes of problems mean, in Hindi', () => {
  it('is of codes that there are, and of nearly all of them: a new one is told in English at first', () => {
    const codes = new Set<string>(problemCodes);
    const known = Object.keys(problemWords);
    expect(known.filter((code) => !codes.has(code))).toEqual([]);
    expect(known.length).toBeGreaterThan(codes.size * 0.9);
  });

  it('is a title and a step in Hindi', () => {
    for (const [code, { title, whatToDo }] of Object.entries(problemWords)) {
      expect(title, code).toMatch(/\p{Script=Devanagari}/u);
      expect(whatToDo, code).toMatch(/\p{Script=Devanagari}.*।$/u);
    }
  });
});

describe('the words of the pages', () => {
  const inEnglish = new Map(
    entriesOf({
      ...english,
      ...englishOfAccount,
      ...englishOfConnections,
      ...englishOfDirectory,
      ...englishOfPalette,
      ...englishOfReports,
      ...englishOfRules,
    }),
  );
  const inHindi = new Map(entriesOf(hindi));

  it('are there in both languages, with the same values in them', () => {
    expect(new Set(inHindi.keys())).toEqual(new Set(inEnglish.keys()));
    for (const [key, text] of inEnglish) {
      expect(valuesIn(inHindi.get(key) ?? ''), key).toEqual(valuesIn(text));
    }
  });

  it('call a status and a flag in English what the command line and the files call them', () => {
    // The keys are those of the schemas that the server answers with: the types of the pages hold them to it.
    for (const [status, text] of Object.entries(english.attendance.status)) {
      expect(text, status).toBe(statusText(status as ReportStatus, null));
    }
    for (const [flag, text] of Object.entries(english.attendance.flag)) {
      expect(text, flag).toBe(flagText(flag as ReportFlag));
    }
  });

  it('are not empty, and the Hindi ones are written in Hindi', () => {
    for (const [key, text] of inHindi) {
      expect(text.trim(), key).not.toBe('');
      // A name or a figure may stand alone; anything else has letters of its own.
      if (
        /\p{Script=Latin}{3}/u.test(
          text.replaceAll(
            /\{\{.*?\}\}|\b(?:Client ID|Client Secret|API Key|Keka|Hajiri|API|CSV|JSON|UTC)\b/g,
            '',
          ),
        )
      )
        expect(text, key).toMatch(/\p{Script=Devanagari}/u);
    }
  });
});
