import { gulfNames, indianNames, type NameList } from './names.ts';

export type Office = {
  readonly city: string;
  readonly state: string;
  readonly countryCode: string;
  readonly zone: string;
  readonly names: NameList;
  /** Gates and doors of the office; the first begins with a blank, as one is seen to do. */
  readonly premises: readonly string[];
  /** The JSON of the address that punches from the web carry. */
  readonly address: string;
  /** ISO weekdays without work. */
  readonly weekend: readonly number[];
};

export type Shift = {
  readonly name: 'day' | 'evening' | 'night';
  readonly title: string;
  /** Minutes after local midnight. */
  readonly start: number;
  readonly minutes: number;
  readonly breakMinutes: number;
};

export const dayShift: Shift = {
  name: 'day',
  title: 'General 09:30-18:30',
  start: 570,
  minutes: 540,
  breakMinutes: 60,
};
export const eveningShift: Shift = {
  name: 'evening',
  title: 'Evening 14:00-23:00',
  start: 840,
  minutes: 540,
  breakMinutes: 60,
};
export const nightShift: Shift = {
  name: 'night',
  title: 'Night 22:00-06:00',
  start: 1320,
  minutes: 480,
  breakMinutes: 30,
};

/** Two offices in the company's zone, and one in the Gulf with another zone and weekend. */
export function officesOf(zone: string): {
  readonly pune: Office;
  readonly bengaluru: Office;
  readonly dubai: Office;
} {
  return {
    pune: {
      ...placeIn('Pune', 'Maharashtra', 'IN', '12 Sample Road', '411001'),
      zone,
      names: indianNames,
      premises: [' Pune HQ Main Gate', 'Pune HQ Tower B', 'Pune Weaving Shed 2'],
      weekend: [6, 7],
    },
    bengaluru: {
      ...placeIn('Bengaluru', 'Karnataka', 'IN', '7 Example Layout', '560001'),
      zone,
      names: indianNames,
      premises: [' Bengaluru Gate 1', 'Bengaluru Gate 2'],
      weekend: [6, 7],
    },
    dubai: {
      ...placeIn('Dubai', 'Dubai', 'AE', '3 Specimen Street', null),
      zone: 'Asia/Dubai',
      names: gulfNames,
      premises: [' Dubai Reception', 'Dubai Warehouse'],
      weekend: [5, 6],
    },
  };
}

function placeIn(city: string, state: string, countryCode: string, addressLine1: string, zip: string | null) {
  const address = JSON.stringify({ addressLine1, addressLine2: null, city, state, countryCode, zip });
  return { city, state, countryCode, address };
}
