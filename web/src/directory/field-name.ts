import { useTranslation } from 'react-i18next';

const fields = [
  'employeeId',
  'firstName',
  'lastName',
  'email',
  'phone',
  'team',
  'teamFrom',
  'designation',
  'location',
  'timeZone',
  'joiningDate',
  'leavingDate',
  'manager',
  'status',
  'tags',
] as const;

/** What a field of an employee is called, by its name in a form (`firstName`) or in a file (`first_name`). */
export function useFieldName(): (field: string) => string {
  const { t } = useTranslation('employees');
  return (field) => {
    const name = field.replaceAll(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
    const known = fields.find((one) => one === name);
    return known === undefined ? field : t(`field.${known}`);
  };
}
