import type { Cells } from '../shape/bind-report.ts';

/** Hands a piece of a file on; resolves when there is room for the next. */
export type Write = (piece: string | Uint8Array) => Promise<void>;

/** Makes a file of rows as they come. Nothing is written after a failure: who reads must not take a part for the whole. */
export type RowWriter = {
  addRows(rows: readonly Cells[]): Promise<void>;
  end(): Promise<void>;
};
