import { now } from './now.ts';

/** Browsers still list some zones by the name of long ago only. */
const namesOfToday: Readonly<Record<string, string>> = {
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'Europe/Kiev': 'Europe/Kyiv',
};

export function nameOfToday(zone: string): string {
  return namesOfToday[zone] ?? zone;
}

export function zoneNames(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone').map((name) => nameOfToday(name)), 'UTC'])].sort();
}

/** Where the reader is. */
export function ownZone(): string {
  return nameOfToday(Temporal.Now.timeZoneId());
}

/** `+05:30`, as it is today. */
export function zoneOffset(zone: string): string {
  return now().toZonedDateTimeISO(zone).offset;
}
