import { Option } from 'commander';
import { InvalidInputError } from '../errors/hajiri-error.ts';
import { type FileFormat, fileFormats } from '../reports/files/format-names.ts';
import type { Write } from '../reports/files/row-writer.ts';
import { type Terminal, writeJson, writeText } from './terminal.ts';
import { writeFileWhole } from './write-file.ts';

export type ResultFormat = 'table' | 'json' | FileFormat;
export type ResultOptions = {
  readonly format: ResultFormat;
  readonly json?: true;
  readonly output?: string;
};

export const formatOption = () =>
  new Option('--format <format>', 'how it is written')
    .choices(['table', 'json', ...fileFormats])
    .default('table');

/** How a report is written: a table and JSON are made whole, a file piece by piece. */
export type Result = {
  readonly table: () => Promise<string>;
  readonly json: () => Promise<unknown>;
  readonly file: (format: FileFormat, write: Write) => Promise<void>;
};

/** Refuses what cannot be, before anything is read. Throws InvalidInputError. */
export function checkResultOptions(options: ResultOptions): void {
  const format = formatOf(options);
  // Only text is fit for a terminal.
  if (format !== 'table' && format !== 'json' && format !== 'csv' && options.output === undefined) {
    throw new InvalidInputError([{ field: '--output', reason: `is needed with --format ${format}` }]);
  }
}

/** Writes a report where it is wanted: to standard output, or to a file that has its name only when it is whole. */
export async function writeResult(terminal: Terminal, options: ResultOptions, result: Result): Promise<void> {
  const format = formatOf(options);
  const { output } = options;
  if (output !== undefined) {
    await writeFileWhole(output, async (write) => {
      if (format === 'table') return write(`${await result.table()}\n`);
      if (format === 'json') return write(`${JSON.stringify(await result.json(), null, 2)}\n`);
      return result.file(format, write);
    });
    writeText(terminal, `Written to ${output}.\n`);
  } else if (format === 'table') {
    writeText(terminal, `${await result.table()}\n`);
  } else if (format === 'json') {
    writeJson(terminal, await result.json());
  } else {
    await result.file(format, async (piece) => {
      terminal.write(typeof piece === 'string' ? piece : new TextDecoder().decode(piece));
    });
  }
}

function formatOf({ format, json }: ResultOptions): ResultFormat {
  return json === true ? 'json' : format;
}
