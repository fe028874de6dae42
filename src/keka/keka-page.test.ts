import { describe, expect, it } from 'vitest';
import { parsePage } from './keka-page.ts';

const asked = { pageNumber: 1, pageSize: 200 };
const full = { data: [{ a: 1 }], pageNumber: 1, pageSize: 200, totalPages: 1, totalRecords: 1 };

describe('the envelope of a page', () => {
  it('gives its records as received', () => {
    expect(parsePage(full, asked)).toEqual({
      ok: true,
      page: { pageNumber: 1, pageSize: 200, totalPages: 1, totalRecords: 1, records: [{ a: 1 }] },
    });
  });

  it('may hold its counts as text', () => {
    const envelope = { ...full, pageNumber: '1', pageSize: '100', totalPages: '1', totalRecords: '1' };
    expect(parsePage(envelope, asked)).toMatchObject({ ok: true, page: { pageSize: 100, totalRecords: 1 } });
  });

  it.each([
    { data: [], totalPages: 0, totalRecords: 0 },
    { data: null, totalPages: 0, totalRecords: 0 },
    { data: null, totalPages: 1, totalRecords: 0 },
    { data: [], totalPages: null, totalRecords: null },
    { totalPages: 1 },
  ])('may say in many ways that there is nothing: %j', (rest) => {
    expect(parsePage({ pageNumber: 1, pageSize: 200, ...rest }, asked)).toEqual({
      ok: true,
      page: { pageNumber: 1, pageSize: 200, totalPages: 1, totalRecords: 0, records: [] },
    });
  });

  it('may be empty beyond the end, when the list has shrunk meanwhile', () => {
    const envelope = { data: null, pageNumber: 3, pageSize: 200, totalPages: 2, totalRecords: 400 };
    expect(parsePage(envelope, { pageNumber: 3, pageSize: 200 })).toMatchObject({
      ok: true,
      page: { records: [] },
    });
  });

  it.each([
    [{ data: null, totalRecords: 80 }, 'data'],
    [{ data: [], totalRecords: 80 }, 'data'],
    [{ data: null, totalPages: 0, totalRecords: 80 }, 'data'],
    [{ data: {} }, 'data'],
    [{ data: 'x' }, 'data'],
    [{ pageNumber: 2 }, 'pageNumber'],
    [{ pageNumber: null }, 'pageNumber'],
    [{ pageNumber: 1.5 }, 'pageNumber'],
    [{ totalPages: null }, 'totalPages'],
    [{ totalPages: -1 }, 'totalPages'],
    [{ totalPages: 0 }, 'totalPages'],
    [{ totalPages: 'many' }, 'totalPages'],
    [{ totalRecords: null }, 'totalRecords'],
    [{ totalRecords: 0 }, 'totalPages'],
    [{ totalRecords: '1e3' }, 'totalRecords'],
    [{ pageSize: 'x' }, 'pageSize'],
  ])('is refused with %j', (change, field) => {
    expect(parsePage({ ...full, ...change }, asked)).toMatchObject({ ok: false, field });
  });
});
