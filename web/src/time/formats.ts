/** Dates, times and figures as a reader of one locale expects them. */
export type Formats = {
  readonly locale: string;
  /** `Tue, 10 Mar 2026` */
  date(date: string): string;
  /** `Tuesday, 10 March 2026` */
  longDate(date: string): string;
  /** `10 Mar` */
  shortDate(date: string): string;
  /** `10 Mar 2026` */
  dateOfYear(date: string): string;
  weekday(date: string): string;
  dayOfMonth(date: string): string;
  monthAndYear(date: string): string;
  /** `10 Mar, 09:12` in a zone. */
  moment(instant: string, zone: string): string;
  /** `09:12` in a zone. */
  time(instant: string, zone: string): string;
  number(value: number): string;
  /** `08:00` for 480 minutes after midnight; beyond 24 hours, the hour of the next day. */
  hour(minutes: number): string;
  /** `8:05` for 485 minutes. */
  duration(minutes: number): string;
  /** `45 secs`, `3 mins 20 secs`, `1 hr 5 mins`: two parts at most. */
  seconds(seconds: number): string;
  /** `+3`, `−2`, `0`. */
  difference(value: number): string;
  percent(share: number): string;
};

const cache = new Map<string, Formats>();

export function formatsFor(locale: string): Formats {
  const known = cache.get(locale) ?? makeFormats(locale);
  cache.set(locale, known);
  return known;
}

function makeFormats(locale: string): Formats {
  // A calendar date has no zone; read and written in UTC, it stays what it is wherever the browser is.
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (date: string) => format.format(Date.parse(`${date}T00:00:00Z`));
  };
  const moments = (options: Intl.DateTimeFormatOptions) => {
    const byZone = new Map<string, Intl.DateTimeFormat>();
    return (instant: string, zone: string) => {
      const format =
        byZone.get(zone) ?? new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23', timeZone: zone });
      byZone.set(zone, format);
      return format.format(Temporal.Instant.from(instant).epochMilliseconds);
    };
  };
  const numbers = new Intl.NumberFormat(locale);
  const units = Object.fromEntries(
    (['hour', 'minute', 'second'] as const).map((unit) => [
      unit,
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
    ]),
  );
  const differences = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  return {
    locale,
    date: dates({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    longDate: dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    shortDate: dates({ day: 'numeric', month: 'short' }),
    dateOfYear: dates({ day: 'numeric', month: 'short', year: 'numeric' }),
    weekday: dates({ weekday: 'short' }),
    dayOfMonth: dates({ day: 'numeric' }),
    monthAndYear: dates({ month: 'long', year: 'numeric' }),
    moment: moments({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    time: moments({ hour: '2-digit', minute: '2-digit' }),
    number: (value) => numbers.format(value),
    hour: (minutes) =>
      `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    duration: (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
    seconds(seconds) {
      const parts = [
        ['hour', Math.floor(seconds / 3600)],
        ['minute', Math.floor((seconds % 3600) / 60)],
        ['second', seconds % 60],
      ] as const;
      const first = parts.findIndex(([, value]) => value > 0);
      if (first === -1) return units['second']?.format(0) ?? '';
      return parts
        .slice(first, first + 2)
        .filter(([, value]) => value > 0)
        .map(([unit, value]) => units[unit]?.format(value))
        .join(' ');
    },
    difference: (value) => differences.format(value),
    percent: (share) => percents.format(share),
  };
}
