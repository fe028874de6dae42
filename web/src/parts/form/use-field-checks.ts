import { useTranslation } from 'react-i18next';

/** As the server has it: what it says of a shorter one comes too late. */
const leastOfPassword = 12;

export type FieldChecks = {
  readonly needed: (value: string, field: string) => string | undefined;
  readonly email: (value: string, field: string) => string | undefined;
  readonly newPassword: (value: string, field: string) => string | undefined;
};

/** What is wrong with a field before anything is asked, in words; undefined when nothing is. */
export function useFieldChecks(): FieldChecks {
  const { t } = useTranslation('entrance', { keyPrefix: 'fault' });
  const needed = (value: string, field: string) => (value.trim() === '' ? t('needed', { field }) : undefined);
  return {
    needed,
    email: (value, field) =>
      needed(value, field) ?? (/^\S+@\S+\.\S+$/.test(value.trim()) ? undefined : t('email')),
    newPassword: (value, field) =>
      needed(value, field) ??
      (value.length < leastOfPassword ? t('short', { count: value.length }) : undefined),
  };
}

/** Only what there is: a form has no fault where the key is missing. */
export function onlyFaults(faults: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faults).flatMap(([field, text]) => (text === undefined ? [] : [[field, text] as const])),
  );
}
