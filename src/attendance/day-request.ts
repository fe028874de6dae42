/** Something that was approved for a day, or for half of it: what explains it besides punches. */
export type DayRequest = {
  readonly kind: 'leave' | 'work_from_home' | 'on_duty';
  readonly firstHalf: boolean;
  readonly secondHalf: boolean;
};

/** An approved request by its dates, which are written out: they are compared for every record. */
export type DatedRequest = {
  readonly kind: DayRequest['kind'];
  readonly from: string;
  readonly to: string;
  /** Only the second half of the first day. */
  readonly beginsAtNoon: boolean;
  /** Only the first half of the last day. */
  readonly endsAtNoon: boolean;
};

/** What of a person's requests falls on a date. */
export function requestsOn(requests: readonly DatedRequest[], date: string): readonly DayRequest[] {
  return requests.flatMap(({ kind, from, to, beginsAtNoon, endsAtNoon }) => {
    if (date < from || date > to) return [];
    const firstHalf = !(date === from && beginsAtNoon);
    const secondHalf = !(date === to && endsAtNoon);
    return firstHalf || secondHalf ? [{ kind, firstHalf, secondHalf }] : [];
  });
}

export type Absence = { readonly firstHalf: boolean; readonly secondHalf: boolean };

/** Which halves of the day are on leave, all leaves together. */
export function leaveOf(requests: readonly DayRequest[]): Absence {
  const leaves = requests.filter(({ kind }) => kind === 'leave');
  return {
    firstHalf: leaves.some(({ firstHalf }) => firstHalf),
    secondHalf: leaves.some(({ secondHalf }) => secondHalf),
  };
}
