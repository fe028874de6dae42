import type { time as english } from '../english/time.ts';
import type { Translated } from '../translated.ts';

export const time: Translated<typeof english> = {
  utc: '{{time}} UTC',
  yours: 'आपके यहाँ {{time}} ({{zone}})',
};
