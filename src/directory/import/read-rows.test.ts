import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../../test/support/any-text.ts';
import { toMatchKey } from '../../attendance/match-key.ts';
import { type InputFault, InvalidInputError } from '../../errors/hajiri-error.ts';
import { type EmployeeValues, employeeColumns, readEmployeeFields } from '../employee-fields.ts';
import { fileOf, recogniseFile } from './given-file.ts';
import { readRows } from './read-rows.ts';

const header = 'employee_id,first_name,last_name,email,joining_date,leaving_date';

type Row = EmployeeValues & { readonly line: number };
type Reading = {
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Row[];
  readonly faults: readonly InputFault[];
};

/** What a file says, and what is wrong with its rows. */
async function readFile(bytes: string | Uint8Array): Promise<Reading> {
  const file = fileOf('employees.csv', typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  const reading = await readRows(file, await recogniseFile(file));
  const rows: Row[] = [];
  const faults: InputFault[] = [];
  for await (const row of reading.rows) {
    const { line } = row;
    const read = 'fault' in row ? { faults: [row.fault] } : readEmployeeFields(row.cells);
    if ('values' in read) rows.push({ line, ...read.values });
    else
      faults.push(...read.faults.map(({ field, reason }) => ({ field: `line ${line}, ${field}`, reason })));
  }
  return { columns: reading.columns, rows, faults };
}

async function rowsOf(bytes: string | Uint8Array): Promise<readonly Row[]> {
  const { rows, faults } = await readFile(bytes);
  expect(faults).toEqual([]);
  return rows;
}

/** What a person is told of a file that cannot be read, or of its rows. */
async function faultsOf(bytes: string | Uint8Array): Promise<readonly InputFault[]> {
  try {
    return (await readFile(bytes)).faults;
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
}

const names = (rows: readonly Row[]) => rows.map(({ firstName, lastName }) => `${firstName} ${lastName}`);

describe('a directory file', () => {
  it('is read with every column, in whatever order and spelling of the header', async () => {
    const text = [
      'Leaving Date,JOINING-DATE,time zone,Location,Designation,Team,E_mail,Last name,First name,Employee ID',
      '2027-03-31,2024-04-01,Asia/Dubai,Dubai,Engineer,Support,asha@acme.example,Rao,Asha,0030',
    ].join('\n');
    expect(await rowsOf(text)).toEqual([
      {
        line: 2,
        employeeId: '0030',
        matchKey: '0030',
        firstName: 'Asha',
        lastName: 'Rao',
        email: 'asha@acme.example',
        phone: null,
        team: 'Support',
        designation: 'Engineer',
        location: 'Dubai',
        timeZone: 'Asia/Dubai',
        joiningDate: '2024-04-01',
        leavingDate: '2027-03-31',
        managerKey: null,
        status: 'active',
        tags: [],
      },
    ]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may be separated by %s', async (_, separator) => {
    const text = ['employee_id,first_name,last_name', '1,Asha,Rao'].join('\n').replaceAll(',', separator);
    expect(names(await rowsOf(text))).toEqual(['Asha Rao']);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('may end its lines with %s, also within quotation marks', async (_, end) => {
    const text = `employee_id,first_name,last_name${end}1,"Asha${end}Devi",Rao${end}2,Binod,Jha${end}`;
    const rows = await rowsOf(text);
    expect(names(rows)).toEqual(['Asha\nDevi Rao', 'Binod Jha']);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('has every employee, also when its line ends are mixed', async () => {
    const text = 'employee_id,first_name,last_name\r\n1,Asha,Rao\n2,Binod,Jha\r3,Chitra,Sen\r\n';
    expect(names(await rowsOf(text))).toEqual(['Asha Rao', 'Binod Jha', 'Chitra Sen']);
  });

  it('may begin with a byte order mark, hold blank lines and end without a line break', async () => {
    const text = '\uFEFFemployee_id,first_name,last_name\n\n1,Asha,Rao\n\n\n2,Binod,Jha';
    expect((await rowsOf(text)).map(({ line }) => line)).toEqual([3, 6]);
  });

  it('may be UTF-16, as Excel writes "Unicode text"', async () => {
    const bytes = Buffer.from('\uFEFFemployee_id\tfirst_name\tlast_name\r\n00123\tप्रिया\tसेन\r\n', 'utf16le');
    expect(await rowsOf(bytes)).toMatchObject([{ employeeId: '00123', firstName: 'प्रिया', lastName: 'सेन' }]);
  });

  it.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('may be in %s', async (_, encode) => {
    const rows = await rowsOf(encode('employee_id,first_name,last_name\r\n00123,José,Zoë\r\n'));
    expect(names(rows)).toEqual(['José Zoë']);
  });

  it('is the same however its bytes are cut into pieces', async () => {
    const bytes = Buffer.from(
      '\uFEFFemployee_id,first_name,last_name\r\n1,"प्रिया\r\nDevi",Rao\r\n2,José,李😀\r\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 20, maxLength: 60 }),
        async (cuts) => {
          const file = {
            name: 'employees.csv',
            // oxlint-disable-next-line typescript/require-await -- the shape of a stream
            read: async function* () {
              let start = 0;
              for (const cut of cuts) {
                yield bytes.subarray(start, start + cut);
                start += cut;
              }
              yield bytes.subarray(start);
            },
          };
          const { rows } = await readRows(file, await recogniseFile(file));
          const cells: unknown[] = [];
          for await (const row of rows) cells.push('cells' in row ? row.cells.first_name : row.fault);
          expect(cells).toEqual(['प्रिया\nDevi', 'José']);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps codes as they are typed, and compares them by their match key', async () => {
    const codes = ['0030', '30', '00123', 'A-030', ' EMP017 ', '1e3'];
    const rows = await rowsOf(
      `employee_id,first_name,last_name\n${codes.map((code) => `${code},Asha,Rao`).join('\n')}`,
    );
    expect(rows.map(({ employeeId }) => employeeId)).toEqual(codes);
    expect(rows.map(({ matchKey }) => matchKey)).toEqual(codes.map(toMatchKey));
  });

  it('may leave an Employee ID empty; blanks and invisible characters are none', async () => {
    const rows = await rowsOf(
      'employee_id,first_name,last_name\n,Asha,Rao\n  ,Binod,Jha\n\u200B,Chitra,Sen\n',
    );
    expect(rows.map(({ employeeId, matchKey }) => [employeeId, matchKey])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  it('may have lines that end before the last column', async () => {
    expect(await rowsOf(`${header}\n1,Asha,Rao\n`)).toMatchObject([{ email: null, joiningDate: null }]);
    expect(await rowsOf(`${header}\n1,Asha,Rao,,,,,,\n`)).toMatchObject([{ email: null, leavingDate: null }]);
  });

  it('tells which columns it has', async () => {
    const { columns } = await readFile(Buffer.from('employee_id;first_name;last_name;team\n1;Asha;Rao;\n'));
    expect([...columns].sort()).toEqual(['employee_id', 'first_name', 'last_name', 'team']);
  });
});

describe('a directory file is refused', () => {
  it.each([
    [
      'an unknown column',
      'employee_id,first_name,last_name,salary\n',
      'column 4',
      /"salary" is not a known column/,
    ],
    ['a missing column', 'employee_id,first_name\n1,Asha\n', 'last_name', /missing in the header/],
    ['a column twice', 'employee_id,first_name,last_name,Employee ID\n', 'employee_id', /twice/],
    ['no header', '1,Asha,Rao\n', 'employee_id', /missing in the header/],
    ['nothing in it', '', 'file', /is empty/],
    ['only blank lines', '\n\r\n\n', 'file', /is empty/],
    ['an empty first name', `${header}\n1,,Rao\n`, 'line 2, first_name', /must not be empty/],
    ['an e-mail that is none', `${header}\n1,Asha,Rao,asha at acme\n`, 'line 2, email', /e-mail address/],
    [
      'a date that does not exist',
      `${header}\n1,Asha,Rao,,2026-02-30\n`,
      'line 2, joining_date',
      /date that exists/,
    ],
    [
      'a date of the year 0',
      `${header}\n1,Asha,Rao,,0000-01-01\n`,
      'line 2, joining_date',
      /date that exists/,
    ],
    [
      'a date in another notation',
      `${header}\n1,Asha,Rao,,,10/03/2026\n`,
      'line 2, leaving_date',
      /YYYY-MM-DD/,
    ],
    ['a date with a time', `${header}\n1,Asha,Rao,,2026-03-10T00:00\n`, 'line 2, joining_date', /YYYY-MM-DD/],
    [
      'leaving before joining',
      `${header}\n1,Asha,Rao,,2026-03-10,2026-03-09\n`,
      'line 2, leaving_date',
      /before/,
    ],
    ['a text too long', `${header}\n1,${'x'.repeat(301)},Rao\n`, 'line 2, first_name', /at most 300/],
    ['an open quotation mark', `${header}\n1,"Asha,Rao\n`, 'line 2', /quotation mark/],
    ['a quotation mark alone', `${header}\n1,As"ha,Rao\n`, 'line 2', /quotation mark/],
    [
      'a cell too many',
      'employee_id,first_name,last_name\n1,Sales, North,Rao\n',
      'line 2, line',
      /more cells/,
    ],
  ])('for %s, naming the place and the reason', async (_, text, field, reason) => {
    const fault = (await faultsOf(text)).find((fault) => fault.field === field);
    expect(fault?.reason).toMatch(reason);
  });

  it('for a time zone that does not exist or is only an abbreviation', async () => {
    for (const zone of ['IST', 'CEST', 'IST+5:30', 'Asia/Nowhere', '+05:30']) {
      const text = `employee_id,first_name,last_name,time_zone\n1,Asha,Rao,${zone}\n`;
      expect(await faultsOf(text)).toMatchObject([
        { field: 'line 2, time_zone', reason: expect.stringMatching(/Asia\/Kolkata/) },
      ]);
    }
  });

  it('that is mostly UTF-8 and damaged, naming the line', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${header}\r\n1,José,Zoë\r\n2,Jos`),
      Buffer.from([0xe9]),
      Buffer.from(',Rao\r\n'),
    ]);
    expect(await faultsOf(bytes)).toMatchObject([
      { field: 'file', reason: expect.stringMatching(/UTF-8.*line 3/) },
    ]);
  });

  it('that is no text, naming the line', async () => {
    expect(await faultsOf('employee_id,first_name,last_name\n1,As\0ha,Rao\n')).toMatchObject([
      { field: 'file', reason: expect.stringMatching(/zero character .*line 2.*CSV UTF-8/) },
    ]);
  });

  it('with all of its faults at once, each with the line on which its employee begins', async () => {
    const text = `${header}\n1,"Asha\nDevi",Rao,nobody\n\n2,,Jha,,2026-02-30\n3,Chitra,Sen\n`;
    expect((await faultsOf(text)).map(({ field }) => field)).toEqual([
      'line 2, email',
      'line 5, first_name',
      'line 5, joining_date',
    ]);
  });

  it('and never shows what is in a cell, beyond the names of columns', async () => {
    const text = `${header}\n1,Asha,Rao,canary-cell,canary-cell,canary-cell\n`;
    expect(JSON.stringify(await faultsOf(text))).not.toContain('canary-cell');
  });
});

describe('any bytes at all', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'Asha',
      '0030',
      '2026-02-30',
      '2026-03-10',
      'a@b',
      '"',
      '"x"',
      '\u200B',
      'Asia/Kolkata',
      '\0',
    ),
    anyText({ maxLength: 6 }),
  );
  const line = fc.array(cell, { maxLength: 11 });
  const csv = fc
    .record({
      columns: fc.shuffledSubarray([...employeeColumns, 'unknown'], { minLength: 3 }),
      lines: fc.array(line, { maxLength: 6 }),
      separator: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n', '\r'),
    })
    .map(({ columns, lines, separator, end }) =>
      Buffer.from([columns, ...lines].map((cells) => cells.join(separator)).join(end)),
    );

  it('are employees or refused with a reason, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(csv, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
        try {
          const { rows, faults } = await readFile(bytes);
          for (const row of rows) {
            expect(row.firstName.trim()).not.toBe('');
            expect(row.employeeId === null).toBe(row.matchKey === null);
          }
          for (const { reason } of faults) expect(reason).not.toBe('');
        } catch (error) {
          if (!(error instanceof InvalidInputError)) throw error;
          expect(error.faults.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
