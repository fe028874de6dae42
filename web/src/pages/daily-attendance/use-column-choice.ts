import { useState } from 'react';

/** Columns that are shown only when somebody chooses them. */
const hiddenAtFirst = [
  'gross',
  'break',
  'expected',
  'earlyOut',
  'overtime',
  'premise',
  'location',
  'designation',
  'email',
  'employeeNumber',
  'connection',
  'shift',
  'lastFetched',
];

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
