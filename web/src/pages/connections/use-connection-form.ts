import { useState } from 'react';
import { ApiProblem } from '../../api/api-problem.ts';
import { checkValues, type FaultName, type FieldName, type FormValues, isSame } from './form-values.ts';

/** What is wrong with a field: one of our own words, or what the server says. */
export type Fault = { readonly name: FaultName } | { readonly reason: string };

export type ConnectionForm = {
  readonly values: FormValues;
  readonly isDirty: boolean;
  readonly set: (change: Partial<FormValues>) => void;
  readonly reset: () => void;
  /** Begins anew with what is stored by now. */
  readonly replace: (values: FormValues) => void;
  readonly faultOf: (field: FieldName) => Fault | null;
  /** Shows what is wrong; whether nothing is. */
  readonly check: () => boolean;
  /** Shows at its field what the server refused; whether it was about fields. */
  readonly showRefusal: (error: unknown) => boolean;
};

type Faults = Readonly<Partial<Record<FieldName, Fault>>>;

export function useConnectionForm(initial: FormValues): ConnectionForm {
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>({});
  return {
    values,
    isDirty: !isSame(values, initial),
    set(change) {
      setValues((now) => ({ ...now, ...change }));
      // A fault stays until its field is touched, and not longer.
      const touched = Object.keys(change);
      setFaults((now) =>
        Object.fromEntries(
          Object.entries(now).filter(([field]) => !touched.includes(field.split('.')[0] ?? field)),
        ),
      );
    },
    reset() {
      setValues(initial);
      setFaults({});
    },
    replace(stored) {
      setValues(stored);
      setFaults({});
    },
    faultOf: (field) => faults[field] ?? null,
    check() {
      const found = Object.entries(checkValues(values)).map(([field, name]) => [field, { name }] as const);
      setFaults(Object.fromEntries(found));
      if (found.length > 0) focusFirstFault();
      return found.length === 0;
    },
    showRefusal(error) {
      if (!(error instanceof ApiProblem) || error.faults.length === 0) return false;
      setFaults(
        Object.fromEntries(error.faults.map(({ field, reason }) => [toField(field), { reason }] as const)),
      );
      focusFirstFault();
      return true;
    },
  };
}

const ofSchedule: Readonly<Record<string, string>> = { at: 'schedule.at', recheckAges: 'schedule.ages' };

function toField(field: string): string {
  const name = field.replace(/^body\./, '');
  return ofSchedule[name.split('.')[0] ?? name] ?? name;
}

/** Once the faults are on the page. */
function focusFirstFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus());
}
