import type { FakeClock } from '../fake-clock.ts';

const stepMilliseconds = 50;

/** Lets a clock of a test go on as real time does: for what is watched while it happens. Returns how to stop it. */
export function letTimePass(clock: FakeClock): () => void {
  const timer = setInterval(() => clock.advance({ milliseconds: stepMilliseconds }), stepMilliseconds);
  return () => clearInterval(timer);
}
