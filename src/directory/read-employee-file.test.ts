import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/support/any-text.ts';
import { toMatchKey } from '../attendance/match-key.ts';
import { type InputFault, InvalidInputError } from '../errors/hajiri-error.ts';
import { type EmployeeRow, employeeColumns, readEmployeeFile } from './read-employee-file.ts';

const header = 'employee_id,first_name,last_name,email,joining_date,leaving_date';

function rowsOf(text: string): readonly EmployeeRow[] {
  return readEmployeeFile(new TextEncoder().encode(text)).rows;
}

/** What a person is told of a file that is refused. */
function faultsOf(bytes: string | Uint8Array): readonly InputFault[] {
  try {
    readEmployeeFile(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults;
    throw error;
  }
  throw new Error('the file was accepted');
}

const names = (rows: readonly EmployeeRow[]) =>
  rows.map(({ firstName, lastName }) => `${firstName} ${lastName}`);

describe('a directory file', () => {
  it('is read with every column, in whatever order and spelling of the header', () => {
    const text = [
      'Leaving Date,JOINING-DATE,time zone,Location,Designation,Team,E_mail,Last name,First name,Employee ID',
      '2027-03-31,2024-04-01,Asia/Dubai,Dubai,Engineer,Support,asha@acme.example,Rao,Asha,0030',
    ].join('\n');
    expect(rowsOf(text.replace('E_mail', 'email'))).toEqual([
      {
        line: 2,
        employeeId: '0030',
        matchKey: '0030',
        firstName: 'Asha',
        lastName: 'Rao',
        email: 'asha@acme.example',
        team: 'Support',
        designation: 'Engineer',
        location: 'Dubai',
        timeZone: 'Asia/Dubai',
        joiningDate: Temporal.PlainDate.from('2024-04-01'),
        leavingDate: Temporal.PlainDate.from('2027-03-31'),
      },
    ]);
  });

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may be separated by %s', (_, separator) => {
    const text = ['employee_id,first_name,last_name', '1,Asha,Rao'].join('\n').replaceAll(',', separator);
    expect(names(rowsOf(text))).toEqual(['Asha Rao']);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('may end its lines with %s, also within quotation marks', (_, end) => {
    const text = `employee_id,first_name,last_name${end}1,"Asha${end}Devi",Rao${end}2,Binod,Jha${end}`;
    const rows = rowsOf(text);
    expect(names(rows)).toEqual(['Asha\nDevi Rao', 'Binod Jha']);
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
  });

  it('has every employee, also when its line ends are mixed', () => {
    const text = 'employee_id,first_name,last_name\r\n1,Asha,Rao\n2,Binod,Jha\r3,Chitra,Sen\r\n';
    expect(names(rowsOf(text))).toEqual(['Asha Rao', 'Binod Jha', 'Chitra Sen']);
  });

  it('may begin with a byte order mark, hold blank lines and end without a line break', () => {
    const text = '\uFEFFemployee_id,first_name,last_name\n\n1,Asha,Rao\n\n\n2,Binod,Jha';
    expect(rowsOf(text).map(({ line }) => line)).toEqual([3, 6]);
  });

  it('may be UTF-16, as Excel writes "Unicode text"', () => {
    const bytes = Buffer.from('\uFEFFemployee_id\tfirst_name\tlast_name\r\n00123\tप्रिया\tसेन\r\n', 'utf16le');
    expect(readEmployeeFile(bytes).rows).toMatchObject([
      { employeeId: '00123', firstName: 'प्रिया', lastName: 'सेन' },
    ]);
  });

  it('keeps codes as they are typed, and compares them by their match key', () => {
    const codes = ['0030', '30', '00123', 'A-030', ' EMP017 ', '1e3'];
    const rows = rowsOf(
      `employee_id,first_name,last_name\n${codes.map((code) => `${code},Asha,Rao`).join('\n')}`,
    );
    expect(rows.map(({ employeeId }) => employeeId)).toEqual(codes);
    expect(rows.map(({ matchKey }) => matchKey)).toEqual(codes.map(toMatchKey));
  });

  it('may leave an Employee ID empty; blanks and invisible characters are none', () => {
    const rows = rowsOf('employee_id,first_name,last_name\n,Asha,Rao\n  ,Binod,Jha\n\u200B,Chitra,Sen\n');
    expect(rows.map(({ employeeId, matchKey }) => [employeeId, matchKey])).toEqual([
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  it('may have lines that end before the last column', () => {
    expect(rowsOf(`${header}\n1,Asha,Rao\n`)).toMatchObject([{ email: null, joiningDate: null }]);
    expect(rowsOf(`${header}\n1,Asha,Rao,,,,,,\n`)).toMatchObject([{ email: null, leavingDate: null }]);
  });

  it('tells which columns it has', () => {
    const { columns } = readEmployeeFile(Buffer.from('employee_id;first_name;last_name;team\n1;Asha;Rao;\n'));
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
    ['a cell too many', 'employee_id,first_name,last_name\n1,Sales, North,Rao\n', 'line 2', /more cells/],
  ])('for %s, naming the place and the reason', (_, text, field, reason) => {
    const fault = faultsOf(text).find((fault) => fault.field === field);
    expect(fault?.reason).toMatch(reason);
  });

  it('for a time zone that does not exist or is only an abbreviation', () => {
    for (const zone of ['IST', 'CEST', 'IST+5:30', 'Asia/Nowhere', '+05:30']) {
      const text = `employee_id,first_name,last_name,time_zone\n1,Asha,Rao,${zone}\n`;
      expect(faultsOf(text)).toMatchObject([
        { field: 'line 2, time_zone', reason: expect.stringMatching(/Asia\/Kolkata/) },
      ]);
    }
  });

  it('for the same Employee ID or e-mail twice, naming both lines', () => {
    expect(
      faultsOf(`${header}\n7,Asha,Rao,a@acme.example\n8,Binod,Jha\n7,Chitra,Sen,A@ACME.example\n`),
    ).toEqual([
      { field: 'line 4, employee_id', reason: expect.stringContaining('line 2') },
      { field: 'line 4, email', reason: expect.stringContaining('line 2') },
    ]);
  });

  it('for broken encoding, naming the line', () => {
    const bytes = Buffer.from(`${header}\r\n1,Jos\u00E9,Rao\r\n`, 'latin1');
    expect(faultsOf(bytes)).toMatchObject([
      { field: 'file', reason: expect.stringMatching(/UTF-8.*line 2/) },
    ]);
  });

  it('with all of its faults at once, each with the line on which its employee begins', () => {
    const text = `${header}\n1,"Asha\nDevi",Rao,nobody\n\n2,,Jha,,2026-02-30\n3,Chitra,Sen\n`;
    expect(faultsOf(text).map(({ field }) => field)).toEqual([
      'line 2, email',
      'line 5, first_name',
      'line 5, joining_date',
    ]);
  });

  it('with the first faults and the number of the others, when there are very many', () => {
    const faults = faultsOf(`${header}\n${'1,,Rao\n'.repeat(80)}`);
    expect(faults).toHaveLength(51);
    expect(faults.at(-1)).toEqual({ field: 'file', reason: 'has 30 more faults' });
  });

  it('and never shows what is in a cell, beyond the names of columns', () => {
    const text = `${header}\n1,Asha,Rao,canary-cell,canary-cell,canary-cell\n`;
    expect(JSON.stringify(faultsOf(text))).not.toContain('canary-cell');
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

  it('are employees or refused with a reason, and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(csv, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        try {
          for (const row of readEmployeeFile(bytes).rows) {
            expect(row.firstName.trim()).not.toBe('');
            expect(row.employeeId === null).toBe(row.matchKey === null);
          }
        } catch (error) {
          if (!(error instanceof InvalidInputError)) throw error;
          expect(error.faults.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
