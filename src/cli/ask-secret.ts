import { Writable } from 'node:stream';
import password from '@inquirer/password';
import { HajiriError } from '../errors/hajiri-error.ts';
import type { Terminal } from './terminal.ts';

/**
 * Asks for a secret without showing what is typed. Throws `interrupted` when the person leaves (Ctrl-C, Ctrl-D), and
 * when the signal is aborted.
 */
export async function askSecret(terminal: Terminal, label: string, signal: AbortSignal): Promise<string> {
  const input: NodeJS.ReadableStream = terminal.input ?? process.stdin;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      terminal.tell(chunk.toString('utf8'));
      done();
    },
  });
  const leaving = new AbortController();
  const leave = (): void => leaving.abort();
  // Ctrl-D closes the line editor, which pauses its input and does nothing else: the question would stay for ever.
  input.once('pause', leave);
  try {
    return await password(
      {
        message: `${label} from Keka:`,
        mask: '•',
        toggleMask: false,
        validate: (text) => text.trim() !== '' || 'must not be empty',
      },
      { signal: AbortSignal.any([signal, leaving.signal]), input, output },
    );
  } catch (error) {
    if (!(error instanceof Error && /^(?:Exit|Abort)PromptError$/.test(error.name))) throw error;
    throw new HajiriError('interrupted', 'Stopped at the question. Nothing was changed.');
  } finally {
    input.off('pause', leave);
  }
}
