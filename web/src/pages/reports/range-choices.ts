export type DateRange = { readonly from: string; readonly to: string };

export const rangeNames = ['yesterday', 'week', 'month', 'lastMonth'] as const;
export type RangeName = (typeof rangeNames)[number];

/**
 * Usual ranges as of a date at the company. All end yesterday: today is still going on. On the first of a month, "this
 * month" has no day yet and is the month before.
 */
export function rangeOf(name: RangeName, today: Temporal.PlainDate): DateRange {
  const yesterday = today.subtract({ days: 1 });
  switch (name) {
    case 'yesterday':
      return range(yesterday, yesterday);
    case 'week':
      return range(today.subtract({ days: 7 }), yesterday);
    case 'month':
      return range(yesterday.with({ day: 1 }), yesterday);
    case 'lastMonth': {
      const first = yesterday.with({ day: 1 }).subtract({ months: 1 });
      return range(first, first.with({ day: first.daysInMonth }));
    }
  }
}

/** The whole of a month (`YYYY-MM`), or what is over of it; on its first day, that day. */
export function rangeOfMonth(month: string, today: Temporal.PlainDate): DateRange {
  const first = Temporal.PlainDate.from(`${month}-01`);
  const last = first.with({ day: first.daysInMonth });
  const isGoingOn = today.year === first.year && today.month === first.month;
  if (!isGoingOn) return range(first, last);
  return range(first, today.day === 1 ? today : today.subtract({ days: 1 }));
}

function range(from: Temporal.PlainDate, to: Temporal.PlainDate): DateRange {
  return { from: from.toString(), to: to.toString() };
}
