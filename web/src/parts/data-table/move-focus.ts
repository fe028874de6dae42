import type { Virtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 12,
  PageUp: -12,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** From the row that has the focus to another one, which comes into sight first. */
export function moveFocus<Scrolled extends Element, Item extends Element>(
  event: KeyboardEvent<HTMLElement>,
  virtual: Virtualizer<Scrolled, Item>,
  count: number,
): void {
  const step = steps[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const index = Number(event.target.dataset['rowIndex'] ?? Number.NaN);
  if (Number.isNaN(index) || count === 0) return;
  event.preventDefault();
  const target = Math.min(count - 1, Math.max(0, index + step));
  virtual.scrollToIndex(target);
  const frame = event.currentTarget;
  // It may have to come into the document first: that takes a paint or two.
  const focus = (tries: number) => {
    const button = frame.querySelector<HTMLElement>(`[data-row-index="${target}"]`);
    if (button !== null) button.focus({ preventScroll: true });
    else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
  };
  focus(6);
}
