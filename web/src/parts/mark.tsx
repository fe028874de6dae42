import type { ReactNode } from 'react';

/** Small shapes that tell a state beside its colour; each stays distinct in black and white. */
export type MarkShape =
  | 'dot'
  | 'ring'
  | 'half'
  | 'dash'
  | 'diamond'
  | 'square'
  | 'dotted'
  | 'tick'
  | 'cross'
  | 'triangle'
  | 'clock'
  | 'broken'
  | 'question'
  | 'info';

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75, strokeLinecap: 'round' } as const;

const drawings: Readonly<Record<MarkShape, ReactNode>> = {
  dot: <circle cx="8" cy="8" r="5" fill="currentColor" />,
  ring: <circle cx="8" cy="8" r="4.75" {...stroke} />,
  half: (
    <>
      <circle cx="8" cy="8" r="4.75" {...stroke} />
      <path d="M8 3.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor" />
    </>
  ),
  dash: <path d="M3.5 8h9" {...stroke} strokeWidth={2.25} />,
  diamond: <path d="M8 2.5 13.5 8 8 13.5 2.5 8z" fill="currentColor" />,
  square: <rect x="3.25" y="3.25" width="9.5" height="9.5" rx="1" {...stroke} />,
  dotted: <circle cx="8" cy="8" r="4.75" {...stroke} strokeDasharray="0.1 3.6" strokeWidth={2.25} />,
  tick: <path d="m3 8.5 3.25 3.25L13 5" {...stroke} strokeWidth={2.25} strokeLinejoin="round" />,
  cross: <path d="m4 4 8 8m0-8-8 8" {...stroke} strokeWidth={2.25} />,
  triangle: (
    <>
      <path d="M8 2.5 14 13H2z" {...stroke} strokeLinejoin="round" />
      <path d="M8 6.75v2.5m0 1.9v.1" {...stroke} />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="5.25" {...stroke} />
      <path d="M8 5v3.25l2 1.25" {...stroke} />
    </>
  ),
  broken: (
    <path
      d="M6.5 10.5 5 12a2.1 2.1 0 0 1-3-3l2-2m5.5-1.5L11 4a2.1 2.1 0 0 1 3 3l-2 2M6 3v1.5M3 6h1.5M10 13v-1.5M13 10h-1.5"
      {...stroke}
    />
  ),
  question: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} strokeWidth={1.5} />
      <path d="M6.4 6.4a1.7 1.7 0 1 1 2.3 1.6c-.5.2-.7.5-.7 1m0 1.900v.1" {...stroke} />
    </>
  ),
  info: (
    <>
      <circle cx="8" cy="8" r="5.75" {...stroke} />
      <path d="M8 7.5v3.25M8 5.1V5" {...stroke} />
    </>
  ),
};

export function Mark({ shape }: { readonly shape: MarkShape }) {
  return (
    <svg viewBox="0 0 16 16" width="1em" height="1em" aria-hidden="true" focusable="false">
      {drawings[shape]}
    </svg>
  );
}
