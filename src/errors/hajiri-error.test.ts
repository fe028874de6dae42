import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { HajiriError, InvalidInputError, isHajiriError } from './hajiri-error.ts';
import { parseInput } from './parse-input.ts';
import { describeProblem, problemCodes, problemPage } from './problem-codes.ts';

describe('an error of Hajiri', () => {
  it('carries its code, safe facts, its cause and what to do next', () => {
    const cause = new Error('from a library');
    const error = new HajiriError('not_found', 'There is no run 7.', { details: { run: 7 }, cause });
    expect(error).toMatchObject({
      code: 'not_found',
      message: 'There is no run 7.',
      details: { run: 7 },
      cause,
    });
    expect(error.nextStep).toBe(describeProblem('not_found').nextStep);
  });

  it('has no facts and no cause unless it is given some', () => {
    const error = new HajiriError('internal', 'A mistake.');
    expect(error.details).toEqual({});
    expect('cause' in error).toBe(false);
  });

  it('is told from others by its class and its code', () => {
    const error: unknown = new HajiriError('not_found', 'There is no run 7.');
    expect(isHajiriError(error)).toBe(true);
    expect(isHajiriError(error, 'internal', 'not_found')).toBe(true);
    expect(isHajiriError(error, 'internal')).toBe(false);
    for (const other of [new Error('x'), { code: 'not_found', message: 'x' }, 'not_found', null, undefined]) {
      expect(isHajiriError(other)).toBe(false);
    }
  });
});

describe('refused input', () => {
  const schema = z.object({
    name: z.string().min(1, 'must not be empty'),
    keys: z.array(z.object({ id: z.number() })),
  });

  it('names every fault with its place', () => {
    const parse = () => parseInput(schema, { name: '', keys: [{ id: 1 }, { id: 'canary' }] });
    expect(parse).toThrow(InvalidInputError);
    expect(parse).toThrow('name: must not be empty; keys.1.id: ');
    expect(parse).not.toThrow(/canary/);
  });

  it('is called input where it has no name', () => {
    expect(() => parseInput(schema, 'text')).toThrow(/^input: /);
  });

  it('is given back as the schema makes it', () => {
    expect(parseInput(z.object({ name: z.string().trim() }), { name: ' Asha ', more: 1 })).toEqual({
      name: 'Asha',
    });
  });
});

describe('the list of problems', () => {
  it.each(problemCodes)('says of %s what it is and what to do', (code) => {
    const { title, nextStep, severity } = describeProblem(code);
    expect(code).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(nextStep).toMatch(/^[A-Z].*\.$/s);
    expect(['failure', 'action', 'notice']).toContain(severity);
    expect(problemPage(code)).toBe(`docs/problems/${code}.md`);
  });

  it('has no title twice', () => {
    const titles = problemCodes.map((code) => describeProblem(code).title);
    expect(new Set(titles).size).toBe(titles.length);
  });
});
