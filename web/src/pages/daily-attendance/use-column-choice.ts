import { useState } from 'react';
import type { daily } from '../../words/english/daily.ts';

export type DailyColumn = Exclude<keyof (typeof daily)['column'], 'name' | 'person' | 'times'>;

/** Every column that can be hidden, in the order of the table, and whether it is shown before somebody chooses. */
const isShownAtFirst: Readonly<Record<DailyColumn, boolean>> = {
  employeeId: true,
  team: true,
  status: true,
  firstIn: true,
  lastOut: true,
  day: true,
  effective: true,
  gross: false,
  break: false,
  expected: false,
  late: true,
  earlyOut: false,
  overtime: false,
  flags: true,
  premise: false,
  location: false,
  designation: false,
  email: false,
  employeeNumber: false,
  connection: false,
  shift: false,
  lastFetched: false,
};

export const choosableColumns = Object.keys(isShownAtFirst) as readonly DailyColumn[]; // keys of a closed object
const hiddenAtFirst = choosableColumns.filter((column) => !isShownAtFirst[column]);

const storageKey = 'hajiri.daily-columns';

export type ColumnChoice = {
  readonly hidden: ReadonlySet<string>;
  readonly toggle: (column: string) => void;
  readonly reset: () => void;
};

/** Which columns are hidden; kept in this browser. */
export function useColumnChoice(): ColumnChoice {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => new Set(readStored() ?? hiddenAtFirst));
  const choose = (columns: ReadonlySet<string>) => {
    setHidden(columns);
    try {
      localStorage.setItem(storageKey, JSON.stringify([...columns]));
    } catch {
      // It holds for this visit then.
    }
  };
  return {
    hidden,
    toggle: (column) => choose(new Set([column]).symmetricDifference(hidden)),
    reset: () => choose(new Set(hiddenAtFirst)),
  };
}

function readStored(): readonly string[] | null {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null');
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : null;
  } catch {
    return null;
  }
}
