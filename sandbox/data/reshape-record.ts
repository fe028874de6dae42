import type { Switches } from '../scenario/switches.ts';
import type { ReshapeRecord } from './attendance-store.ts';

const overtimeFields = new Set(['totalEffectiveOvertimeDuration', 'totalGrossOvertimeDuration']);
const marker = Symbol('left out');

/** How the switches change every attendance record; null while they all say `as-written`. */
export function reshapeAttendance(switches: Switches): ReshapeRecord {
  const { numbers, leaveDayStatus, overtimeFields, premiseName, locationAddress } = switches;
  const asWritten = [numbers, leaveDayStatus, overtimeFields, premiseName, locationAddress];
  if (asWritten.every((value) => value === 'as-written')) return null;
  return (text) =>
    reshapeText(text, (record) => {
      const reshaped = rewrite(record, (name, value) => rewriteMember(name, value, switches));
      return leaveDayStatus === 'zero' && isObject(reshaped) && isObject(record)
        ? { ...reshaped, leaveDayStatus: numbers === 'strings' ? '0' : 0 }
        : reshaped;
    });
}

/** Employees change only with the switch for numbers. */
export function reshapeEmployees(switches: Switches): ReshapeRecord {
  if (switches.numbers === 'as-written') return null;
  return (text) => reshapeText(text, (record) => rewrite(record, (_, value) => numberAsText(value)));
}

function rewriteMember(name: string, value: unknown, switches: Switches): unknown {
  if (name === 'leaveDayStatus' && switches.leaveDayStatus === 'removed') return marker;
  if (overtimeFields.has(name) && switches.overtimeFields === 'removed') return marker;
  if (name === 'premiseName' && switches.premiseName !== 'as-written') {
    return switches.premiseName === 'null' ? null : marker;
  }
  if (name === 'locationAddress' && switches.locationAddress !== 'as-written') {
    return switches.locationAddress === 'null' ? null : marker;
  }
  return switches.numbers === 'strings' ? numberAsText(value) : value;
}

function numberAsText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function rewrite(value: unknown, change: (name: string, value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, change));
  if (!isObject(value)) return value;
  const members = Object.entries(value)
    .map(([name, member]) => [name, change(name, rewrite(member, change))] as const)
    .filter(([, member]) => member !== marker);
  return Object.fromEntries(members);
}

/** A record that is deliberately no JSON stays as it is. */
function reshapeText(text: string, change: (record: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text)));
  } catch {
    return text;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
