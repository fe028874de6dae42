import type { Page } from 'playwright-core';

/** Runs in the page, as text: the tests know no types of a browser. */
const measure = `new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 100);
})`;

/** How much of what was shown has moved by itself since the page was opened: 0 is none, 1 all of the window. */
export function layoutShiftOf(page: Page): Promise<number> {
  return page.evaluate<number>(measure);
}
