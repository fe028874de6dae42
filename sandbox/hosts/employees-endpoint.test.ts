import { describe, expect, it } from 'vitest';
import { ask, envelope, type Reply, records, signIn } from '../testing/ask-sandbox.ts';
import { sandboxPerTest } from '../testing/sandbox-per-test.ts';
import { guid, profile, smallScenario } from '../testing/small-scenario.ts';

const start = sandboxPerTest();

const employees = [
  profile(1, { probationEndDate: '2026-06-01T00:00:00Z' }),
  profile(2, { employmentStatus: 1, exitDate: '2026-02-28T00:00:00Z' }),
  profile(3, {
    displayName: 'Zoë Clarke',
    resignationSubmittedDate: '2026-03-01T00:00:00Z',
    exitDate: '2026-03-31T00:00:00Z',
  }),
  { $lastModified: '2026-03-10T09:00:00Z', $record: profile(4, { employeeNumber: ' 00123 ' }) },
];

async function open() {
  const sandbox = await start(smallScenario(0, [], { employees }));
  const token = await signIn(sandbox);
  const read = (below: string): Promise<Reply> => ask(sandbox, `/hris/employees${below}`, { token });
  const found = async (query: string): Promise<readonly unknown[]> =>
    records(await read(query)).map((row) => row['id']);
  return { sandbox, read, found };
}

describe('the list of employees', () => {
  it('includes people who left, unless a status is asked for', async () => {
    const { found } = await open();
    expect(await found('')).toEqual([guid(1), guid(2), guid(3), guid(4)]);
    expect(await found('?employmentStatus=Working')).toEqual([guid(1), guid(3), guid(4)]);
    expect(await found('?employmentStatus=Relieved')).toEqual([guid(2)]);
    expect(await found('?employmentStatus=Working,Relieved')).toHaveLength(4);
  });

  it('is filtered by GUID, number and search key', async () => {
    const { found, read } = await open();
    expect(await found(`?employeeIds=${guid(3)},${guid(1)}`)).toEqual([guid(1), guid(3)]);
    expect(await found('?employeeNumbers=E2,00123')).toEqual([guid(2), guid(4)]);
    expect(await found('?searchKey=zoë')).toEqual([guid(3)]);
    expect((await read('?searchKey=zo')).status).toBe(400);
  });

  it('is filtered by the time of the last change', async () => {
    const { found, read, sandbox } = await open();
    expect(await found('?lastModified=2026-03-10T14:30:00%2B05:30')).toEqual([guid(4)]);
    expect(await found('?lastModified=2026-03-10T14:30:01%2B05:30')).toEqual([]);
    // The plus sign was not encoded and arrives as a blank.
    expect((await read('?lastModified=2026-03-10T14:30:00+05:30')).status).toBe(400);
    sandbox.control.upsertEmployees([profile(1, { lastName: 'Iyer' })]);
    expect(await found('?lastModified=2026-03-12T00:00:00Z')).toEqual([guid(1)]);
  });

  it('knows who is in probation or serving notice', async () => {
    const { found, sandbox } = await open();
    expect(await found('?inProbation=true')).toEqual([guid(1)]);
    expect(await found('?inNoticePeriod=true')).toEqual([guid(3)]);
    expect(await found('?inProbation=false')).toHaveLength(4);
    sandbox.control.changeSwitches({ falseFilters: 'exclude' });
    expect(await found('?inProbation=false')).toEqual([guid(2), guid(3), guid(4)]);
  });

  it('is paged', async () => {
    const { read } = await open();
    expect(envelope(await read('?pageSize=3&pageNumber=2'))).toMatchObject({
      totalPages: 2,
      totalRecords: 4,
    });
  });
});

describe('one employee', () => {
  it('is found by GUID', async () => {
    const { read } = await open();
    expect(envelope(await read(`/${guid(3).toUpperCase()}`))).toEqual({
      succeeded: true,
      message: null,
      errors: null,
      data: expect.objectContaining({ displayName: 'Zoë Clarke' }) as object,
    });
  });

  it('answers 404 in the envelope when there is none', async () => {
    const { read } = await open();
    const reply = await read(`/${guid(99)}`);
    expect(reply.status).toBe(404);
    expect(envelope(reply)).toMatchObject({ succeeded: false, data: null });
  });
});
