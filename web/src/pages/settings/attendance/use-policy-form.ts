import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { useZone } from '../../../api/use-zone.ts';
import { faultsOf, focusFirstFault } from '../../../parts/form/faults-of.ts';
import { onlyFaults } from '../../../parts/form/use-field-checks.ts';
import { isMinutes, minuteFields, type PolicyValues, toFormFaults, toPolicyInput } from './policy-values.ts';

/** The fields of a new policy, with what makes it and what shows last month under it. */
export function usePolicyForm(onMade: () => void) {
  const { t } = useTranslation('rules', { keyPrefix: 'form' });
  const queries = useQueryClient();
  const zone = useZone();
  const form = useForm<PolicyValues>({
    initialValues: {
      scope: 'organisation',
      subject: '',
      from: Temporal.Now.plainDateISO(zone).toString(),
      lateGrace: '',
      earlyOutGrace: '',
      fullDay: '',
      halfDay: '',
      overtimeAfter: '',
    },
    validate: (values) =>
      onlyFaults({
        ...Object.fromEntries(
          minuteFields.map((field) => [field, isMinutes(values[field]) ? undefined : t('minutes')]),
        ),
        subject:
          values.scope !== 'organisation' && values.subject.trim() === '' ? t('subjectNeeded') : undefined,
        from: values.from === '' ? t('dateNeeded') : undefined,
      }),
  });
  const onError = (error: unknown) => {
    form.setErrors(toFormFaults(faultsOf(error)));
    focusFirstFault();
  };
  const make = useMutation({
    mutationFn: (values: PolicyValues) =>
      ask('POST /api/v1/attendance-policies', { query: {}, body: toPolicyInput(values) }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onMade();
    },
    onError,
  });
  const preview = useMutation({
    mutationFn: (values: PolicyValues) =>
      ask('POST /api/v1/attendance-policies/preview', { query: {}, body: { policy: toPolicyInput(values) } }),
    onError,
  });
  return { form, make, preview };
}
