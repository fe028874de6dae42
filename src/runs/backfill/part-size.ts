import { recordsOnPage } from '../morning/cheapest-windows.ts';

/** A month at most, so that a report fills up while one watches. */
const mostDays = 31;
/** About two minutes at Keka's 50 requests a minute: no scheduled run waits longer for a part to end. */
const mostPages = 100;

/** How many days are read in one part when a day has about so many people. */
export function daysInPart(people: number): number {
  const affordable = Math.floor((mostPages * recordsOnPage) / Math.max(people, 1));
  return Math.max(1, Math.min(mostDays, affordable));
}
