import type { SandboxControl } from '../../sandbox/control/sandbox-control.ts';
import type { FakeClock } from '../support/fake-clock.ts';
import type { Dice } from './dice.ts';

/** What goes wrong on one morning. It begins shortly before the due time. */
export type Mishap =
  | { readonly kind: 'none' }
  /** Keka is away, for minutes or days. */
  | { readonly kind: 'outage'; readonly hours: number }
  /** Refuses with 429 what is well within the limit. */
  | { readonly kind: 'storm'; readonly answers: number; readonly retryAfter: string }
  | { readonly kind: 'token_revoked'; readonly page: number }
  /** Connections break in the middle. */
  | { readonly kind: 'resets'; readonly answers: number }
  /** Every connection to the database is cut while a run is under way. */
  | { readonly kind: 'database_restart' }
  /** No process for so many hours, and a new one after that. */
  | { readonly kind: 'no_process'; readonly hours: number }
  /** The wall clock is wrong for half an hour. */
  | { readonly kind: 'clock'; readonly ahead: number }
  /** Two processes more, for this morning. */
  | { readonly kind: 'crowd' };

export function chooseMishap(dice: Dice): Mishap {
  if (dice.happens(0.45)) return { kind: 'none' };
  const choices: readonly (() => Mishap)[] = [
    () => ({ kind: 'outage', hours: [0.2, 2, 6, 30, 75][dice.below(5)] ?? 1 }),
    () => ({ kind: 'storm', answers: 1 + dice.below(4), retryAfter: ['5', '60', '3'][dice.below(3)] ?? '5' }),
    () => ({ kind: 'token_revoked', page: 1 + dice.below(2) }),
    () => ({ kind: 'resets', answers: 1 + dice.below(3) }),
    () => ({ kind: 'database_restart' }),
    () => ({ kind: 'no_process', hours: [0.5, 5, 50, 240][dice.below(4)] ?? 1 }),
    () => ({ kind: 'clock', ahead: [-26, -3, -0.5, 0.5, 3, 26][dice.below(6)] ?? 1 }),
    () => ({ kind: 'crowd' }),
  ];
  return choices[dice.below(choices.length)]?.() ?? { kind: 'none' };
}

const attendance = '/api/v1/time/attendance';

/** What Keka does of it. What the processes and the clock do is for the test itself. */
export function arrange(control: SandboxControl, mishap: Mishap): void {
  switch (mishap.kind) {
    case 'outage':
      control.addFault({ name: 'outage', answer: { kind: 'respond', status: 503 } });
      return;
    case 'storm':
      control.addFault({
        name: 'storm',
        match: { path: attendance },
        times: mishap.answers,
        answer: { kind: 'respond', status: 429, headers: { 'retry-after': mishap.retryAfter } },
      });
      return;
    case 'token_revoked':
      control.addFault({
        name: 'revoked',
        match: { path: attendance, page: mishap.page },
        times: 1,
        answer: { kind: 'revoke-token' },
      });
      return;
    case 'resets':
      control.addFault({
        name: 'resets',
        match: { path: attendance },
        times: mishap.answers,
        answer: { kind: 'reset' },
      });
      return;
    case 'none':
    case 'database_restart':
    case 'no_process':
    case 'clock':
    case 'crowd':
      return;
  }
}

export function jumpClock(clock: FakeClock, hours: number): void {
  clock.jump(
    clock
      .now()
      .add({ minutes: Math.round(hours * 60) })
      .toString(),
  );
}
