import type { CoverageState } from '../../../../src/contract/overview.ts';
import type { MarkShape } from '../../parts/mark.tsx';

export const coverageMarks: Readonly<
  Record<CoverageState, { readonly tone: string; readonly shape: MarkShape }>
> = {
  complete: { tone: 'good', shape: 'dot' },
  early: { tone: 'open', shape: 'half' },
  failed: { tone: 'bad', shape: 'cross' },
  not_read: { tone: 'doubt', shape: 'square' },
  to_come: { tone: 'off', shape: 'dotted' },
};

/** What nobody has ever asked for is no gap. */
export const beforeFirstMark = { tone: 'off', shape: 'dash' } as const;

export const coverageStates = Object.keys(coverageMarks) as readonly CoverageState[]; // keys of a literal
