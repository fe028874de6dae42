import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../src/errors/error-code.ts';
import { type InputFault, InvalidInputError, isHajiriError } from '../../src/errors/hajiri-error.ts';
import { type ParsedScenario, parseScenario, type ScenarioFiles } from './parse-scenario.ts';

const names = ['tenant', 'employees', 'attendance', 'corrections', 'requests', 'faults', 'generate'] as const;

/**
 * Reads a scenario folder. Throws one InvalidInputError with every fault of every file; a JSON file with an
 * unknown name is a fault too, because a misspelt `faults.json` would otherwise do nothing in silence.
 */
export async function loadScenario(folder: string): Promise<ParsedScenario> {
  const faults: InputFault[] = [];
  const present = await readdir(folder).catch((error: unknown) => {
    throw new InvalidInputError([{ field: folder, reason: `is no readable folder (${codeOf(error)})` }]);
  });
  const known = new Set<string>(names.map((name) => `${name}.json`));
  const content: Record<string, unknown> = {};
  for (const file of present.filter((file) => file.endsWith('.json')).sort()) {
    if (known.has(file)) content[basename(file, '.json')] = await readJson(folder, file, faults);
    else faults.push({ field: file, reason: `is not a file of a scenario (${[...known].join(', ')})` });
  }
  if (!present.includes('tenant.json')) faults.push({ field: 'tenant.json', reason: 'is missing' });
  if (content['faults'] !== undefined) {
    content['faults'] = await inlineBodyFiles(folder, content['faults'], faults);
  }
  return parseReporting(content, faults);
}

/** Parses even after a fault was found, so that one start names them all. */
function parseReporting(content: ScenarioFiles, faults: readonly InputFault[]): ParsedScenario {
  try {
    const scenario = parseScenario(content);
    if (faults.length === 0) return scenario;
  } catch (error) {
    if (!(error instanceof InvalidInputError) || !isHajiriError(error)) throw error;
    const named = new Set(faults.map(({ field }) => field));
    throw new InvalidInputError([...faults, ...error.faults.filter(({ field }) => !named.has(field))]);
  }
  throw new InvalidInputError(faults);
}

async function readJson(folder: string, file: string, faults: InputFault[]): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown; // parseScenario checks it
  } catch (error) {
    const reason = error instanceof SyntaxError ? `is not JSON: ${error.message}` : codeOf(error);
    faults.push({ field: file, reason });
    return undefined;
  }
}

const ruleWithBodyFile = z.looseObject({
  answer: z.looseObject({ kind: z.literal('respond'), bodyFile: z.string() }),
});

async function inlineBodyFiles(folder: string, rules: unknown, faults: InputFault[]): Promise<unknown> {
  if (!Array.isArray(rules)) return rules;
  const inlined: unknown[] = [];
  for (const [index, rule] of rules.entries()) {
    const found = ruleWithBodyFile.safeParse(rule);
    if (!found.success) {
      inlined.push(rule);
      continue;
    }
    const { bodyFile, ...answer } = found.data.answer;
    const field = `faults.json [${index}].answer.bodyFile`;
    inlined.push({
      ...found.data,
      answer: { ...answer, body: await readBody(folder, bodyFile, field, faults) },
    });
  }
  return inlined;
}

async function readBody(folder: string, file: string, field: string, faults: InputFault[]): Promise<string> {
  if (basename(file) !== file) {
    faults.push({ field, reason: 'must be the name of a file in the scenario folder, without a path' });
    return '';
  }
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (error) {
    faults.push({ field, reason: `cannot be read (${codeOf(error)})` });
    return '';
  }
}

function codeOf(error: unknown): string {
  return errorCode(error) ?? 'unknown error';
}
