import { type Block, parseDocument, plainText } from './parse-document.ts';

const documents = import.meta.glob<string>('../../../../docs/problems/*.md', {
  query: '?raw',
  import: 'default',
});

export type ProblemDocument = {
  /** The code in a few words. */
  readonly title: string;
  readonly blocks: readonly Block[];
};

/** The page of a code, as the documentation of the project has it; undefined for a code that there is not. */
export async function loadProblemDocument(code: string): Promise<ProblemDocument | undefined> {
  const load = /^\w+$/.test(code) ? documents[`../../../../docs/problems/${code}.md`] : undefined;
  if (load === undefined) return undefined;
  const [, sentence, ...blocks] = parseDocument(await load());
  const title = sentence?.kind === 'paragraph' ? plainText(sentence.content) : code;
  return { title: title.replace(/\.$/, ''), blocks };
}
