import { Button, NativeSelect, Select, TagsInput, TextInput, type TextInputProps } from '@mantine/core';
import { type FormErrors, type UseFormReturnType, useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EmployeeDetails } from '../../../../src/contract/employees.ts';
import { questionOf } from '../../api/question.ts';
import { EmployeePicker } from '../../directory/employee-picker.tsx';
import { useFieldName } from '../../directory/field-name.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { ZoneSelect } from '../../parts/form/zone-select.tsx';
import { LeaveGuard } from '../../parts/leave-guard.tsx';
import classes from './employee-form.module.css';
import { type EmployeeBody, type EmployeeValues, toBody } from './employee-values.ts';

type EmployeeFormProps = {
  readonly initial: EmployeeValues;
  /** Null for somebody who is new. */
  readonly id: string | null;
  readonly submit: string;
  readonly onSave: (body: EmployeeBody) => Promise<EmployeeDetails>;
  readonly onSaved: (employee: EmployeeDetails) => void;
  readonly onCancel: () => void;
};

/** Every field of an employee. What the server refuses stands below its field. */
export function EmployeeForm({ initial, id, submit, onSave, onSaved, onCancel }: EmployeeFormProps) {
  const { t } = useTranslation('employees');
  const { t: tDirectory } = useTranslation('directory');
  const checks = useFieldChecks();
  const fieldName = useFieldName();
  const queries = useQueryClient();
  const form = useForm<EmployeeValues>({
    initialValues: initial,
    validate: ({ firstName }) => onlyFaults({ firstName: checks.needed(firstName, t('field.firstName')) }),
  });
  const save = useMutation({
    mutationFn: () => onSave(toBody(form.values, initial)),
    onSuccess: (employee) => {
      void queries.invalidateQueries();
      onSaved(employee);
    },
    onError: (error) => {
      const faults = Object.entries(faultsOf(error));
      form.setErrors(
        Object.fromEntries(faults.map(([field, reason]) => [field, `${fieldName(field)} ${reason}`])),
      );
      focusFirstFault();
    },
  });
  const hasFaults = Object.keys(form.errors).length > 0;
  return (
    <form className={classes.form} noValidate onSubmit={form.onSubmit(() => save.mutate(), focusFirstFault)}>
      <LeaveGuard isActive={form.isDirty() && !save.isSuccess} />
      <WhoFields form={form} />
      <WorkFields form={form} before={initial.team} id={id} />
      <DateFields form={form} />
      {save.error === null ? null : <Failure error={save.error} title={tDirectory('failedSave')} />}
      {hasFaults ? <p className={classes.faults}>{t('seeFields')}</p> : null}
      <div className={classes.bar}>
        <Button type="submit" loading={save.isPending}>
          {submit}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {tDirectory('cancel')}
        </Button>
      </div>
    </form>
  );
}

type TextField = Exclude<keyof EmployeeValues, 'manager' | 'status' | 'tags' | 'teamFrom' | 'team'>;

type Form = UseFormReturnType<EmployeeValues, EmployeeValues, (values: EmployeeValues) => FormErrors>;
type FieldsProps = { readonly form: Form };

function useTextField({ form }: FieldsProps) {
  const { t } = useTranslation('employees');
  return (field: TextField) => ({
    label: t(`field.${field}`),
    autoComplete: 'off',
    ...form.getInputProps(field),
  });
}

const hintBelow: Pick<TextInputProps, 'inputWrapperOrder'> = {
  inputWrapperOrder: ['label', 'input', 'description', 'error'],
};

function WhoFields(props: FieldsProps) {
  const { t } = useTranslation('employees');
  const text = useTextField(props);
  return (
    <FormSection title={t('section.who')}>
      <div className={classes.pair}>
        <TextInput {...text('firstName')} />
        <TextInput {...text('lastName')} />
      </div>
      <TextInput {...text('employeeId')} description={t('hint.employeeId')} spellCheck={false} />
      <div className={classes.pair}>
        <TextInput {...text('email')} type="email" spellCheck={false} />
        <TextInput {...text('phone')} type="tel" />
      </div>
    </FormSection>
  );
}

type WorkFieldsProps = FieldsProps & { readonly before: string; readonly id: string | null };

function WorkFields({ form, before, id }: WorkFieldsProps) {
  const { t } = useTranslation('employees');
  const text = useTextField({ form });
  return (
    <FormSection title={t('section.work')}>
      <TeamFields form={form} before={before} isNew={id === null} />
      <div className={classes.pair}>
        <TextInput {...text('designation')} />
        <TextInput {...text('location')} />
      </div>
      <EmployeePicker
        label={t('field.manager')}
        value={form.values.manager}
        onPick={(manager) => form.setFieldValue('manager', manager)}
        without={id ?? undefined}
        error={form.errors['manager']}
      />
      <ZoneSelect
        label={t('field.timeZone')}
        description={t('hint.timeZone')}
        required={false}
        clearable
        {...form.getInputProps('timeZone')}
        value={form.values.timeZone || null}
        onChange={(zone) => form.setFieldValue('timeZone', zone ?? '')}
      />
    </FormSection>
  );
}

function DateFields({ form }: FieldsProps) {
  const { t } = useTranslation('employees');
  const text = useTextField({ form });
  return (
    <FormSection title={t('section.dates')}>
      <div className={classes.pair}>
        <TextInput {...text('joiningDate')} type="date" />
        <TextInput {...text('leavingDate')} type="date" description={t('hint.leavingDate')} {...hintBelow} />
      </div>
      <NativeSelect
        label={t('field.status')}
        description={t('hint.status')}
        data={(['active', 'inactive'] as const).map((value) => ({ value, label: t(`status.${value}`) }))}
        {...form.getInputProps('status')}
      />
      <TagsInput
        label={t('field.tags')}
        description={t('hint.tags')}
        acceptValueOnBlur
        {...form.getInputProps('tags')}
      />
    </FormSection>
  );
}

type TeamFieldsProps = FieldsProps & {
  readonly before: string;
  readonly isNew: boolean;
};

/** A move has a first day: it is asked for as soon as another team is chosen. */
function TeamFields({ form, before, isNew }: TeamFieldsProps) {
  const { t } = useTranslation('employees');
  const teams = useQuery(questionOf('GET /api/v1/teams', { query: {} })).data ?? [];
  const names = new Set([...teams.map(({ name }) => name), ...(before === '' ? [] : [before])]);
  const { team } = form.values;
  return (
    <div className={classes.pair}>
      <Select
        label={t('field.team')}
        placeholder={t('noTeam')}
        data={[...names]}
        searchable={names.size > 8}
        clearable
        {...form.getInputProps('team')}
        value={team === '' ? null : team}
        onChange={(value) => form.setFieldValue('team', value ?? '')}
      />
      {isNew || team === before ? null : (
        <TextInput
          type="date"
          label={t('field.teamFrom')}
          description={t('hint.teamFrom')}
          {...hintBelow}
          {...form.getInputProps('teamFrom')}
        />
      )}
    </div>
  );
}
