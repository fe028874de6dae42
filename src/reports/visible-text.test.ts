import { describe, expect, it } from 'vitest';
import { visibleJson, visibleLine, visibleText } from './visible-text.ts';

// A title change, a colour by the eight-bit escape, a turn of direction, and a jump to the start of the line.
const hostile = 'Asha\u001B]0;mine\u0007 \u009B31m \u202Eoar\rBinod\nGone';

describe('text for a terminal', () => {
  it('keeps a line to itself', () => {
    expect(visibleLine(hostile)).toBe('Asha ]0;mine   31m  oar Binod Gone');
    expect(visibleLine('प्रिया · José · 田中 · a\u200Db')).toBe('प्रिया · José · 田中 · a\u200Db');
  });

  it('keeps line ends of several lines', () => {
    expect(visibleText('one\r\ntwo\rthree\nfour\t\u001B[2J')).toBe('one\ntwo three\nfour  [2J');
  });

  it('loses nothing in JSON', () => {
    const written = visibleJson(JSON.stringify({ name: hostile, more: ['\u007F'] }, null, 2));
    expect(written.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202E]/u);
    expect(JSON.parse(written)).toEqual({ name: hostile, more: ['\u007F'] });
  });
});
