/** One request in the log. It is "held" from its admission until it is written to the network. */
export type Place = { state: 'held' | 'sent' | 'answered'; occupiedUntil: number };

/** The last minute's requests and when their places are free again, in epoch milliseconds given by the caller. */
export type RequestLog = {
  take(): Place;
  markSent(place: Place, present: number): void;
  markAnswered(place: Place, present: number): void;
  /** The work with the place is over, well or not. */
  markOver(place: Place, present: number): void;
  /**
   * When someone may come in who has `ahead` others before him and with `limit` places in all; `present` when at once,
   * Infinity when that depends on a request that is not yet written.
   */
  freeAt(present: number, limit: number, ahead: number): number;
};

const minute = 60_000;

/**
 * `spread` is the longest that a request is believed to travel until Keka counts it; `guard` covers rounding and drift
 * of the clocks. A place is free again one minute after the latest moment at which its request can have arrived.
 */
export function createRequestLog({ spread, guard }: { spread: number; guard: number }): RequestLog {
  const window = minute + guard;
  const places = new Set<Place>();

  function tidy(present: number): void {
    for (const place of places) {
      if (place.state === 'held') continue;
      // An end further off than that means that the wall clock was set back: bring it near again.
      place.occupiedUntil = Math.min(place.occupiedUntil, present + spread + window);
      if (place.occupiedUntil <= present) places.delete(place);
    }
  }

  return {
    take() {
      const place: Place = { state: 'held', occupiedUntil: Infinity };
      places.add(place);
      return place;
    },
    markSent(place, present) {
      if (place.state !== 'held') return;
      place.state = 'sent';
      place.occupiedUntil = present + spread + window;
    },
    markAnswered(place, present) {
      if (place.state !== 'sent') return;
      place.state = 'answered';
      // Whatever is answered has arrived.
      place.occupiedUntil = Math.min(place.occupiedUntil, present + window);
    },
    markOver(place, present) {
      if (place.state === 'held') places.delete(place);
      if (place.state !== 'sent') return;
      place.state = 'answered';
      // Broken off without an answer: it may have been under way until this moment.
      place.occupiedUntil = present + window;
    },
    freeAt(present, limit, ahead) {
      tidy(present);
      const excess = places.size + ahead - limit;
      if (excess < 0) return present;
      const ends = [...places].map(({ occupiedUntil }) => occupiedUntil).sort((a, b) => a - b);
      // Those ahead will occupy the freed places for a window each.
      const end = ends[excess % ends.length] ?? present;
      return end + Math.floor(excess / Math.max(1, ends.length)) * window;
    },
  };
}
