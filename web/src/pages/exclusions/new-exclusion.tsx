import { Autocomplete, Button, NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Exclusion } from '../../../../src/contract/employees.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import classes from './new-exclusion.module.css';

const kinds = ['number', 'tag', 'location'] as const satisfies Exclusion['kind'][];
const pauseMilliseconds = 250;

/** A rule to be made, with whom it would catch while it is typed. */
export function NewExclusion() {
  const { t } = useTranslation('exclusions');
  const queries = useQueryClient();
  const [kind, setKind] = useState<Exclusion['kind']>('number');
  const [value, setValue] = useState('');
  const [isMissing, setMissing] = useState(false);
  const known = useQuery(questionOf('GET /api/v1/employees/values', { query: {} })).data;
  const add = useMutation({
    mutationFn: () => ask('POST /api/v1/exclusions', { query: {}, body: { kind, value: value.trim() } }),
    onSuccess: async () => {
      setValue('');
      await queries.invalidateQueries();
    },
    onError: focusFirstFault,
  });
  const refused = faultsOf(add.error)['value'];
  const fault = refused === undefined ? undefined : faultText(refused, t);
  const offered = kind === 'tag' ? known?.tags : kind === 'location' ? known?.locations : undefined;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(value.trim() === '');
        if (value.trim() === '') focusFirstFault();
        else add.mutate();
      }}
    >
      <FormSection title={t('newTitle')}>
        <div className={classes.fields}>
          <NativeSelect
            label={t('kindLabel')}
            value={kind}
            onChange={({ currentTarget }) => {
              setKind(kinds.find((one) => one === currentTarget.value) ?? kind);
              add.reset();
            }}
            data={kinds.map((one) => ({ value: one, label: t(`kind.${one}`) }))}
          />
          <Autocomplete
            label={t('value')}
            data={[...(offered ?? [])]}
            value={value}
            autoComplete="off"
            spellCheck={false}
            onChange={(typed) => {
              setValue(typed);
              add.reset();
            }}
            error={isMissing && value.trim() === '' ? t('valueNeeded') : fault}
          />
        </div>
        {kind === 'number' ? <p className={classes.soft}>{t('numberHint')}</p> : null}
        <Caught kind={kind} value={value.trim()} />
        {add.error === null || fault !== undefined ? null : (
          <Failure error={add.error} title={t('addFailed')} />
        )}
        <div>
          <Button type="submit" loading={add.isPending}>
            {t('add')}
          </Button>
        </div>
      </FormSection>
    </form>
  );
}

function faultText(reason: string, t: ReturnType<typeof useTranslation<'exclusions'>>['t']): string {
  if (reason === 'would catch everybody') return t('everybody');
  return reason === 'has such a rule already' ? t('taken') : `${t('value')} ${reason}`;
}

/** Whom the rule would catch, as it is typed. */
function Caught({ kind, value }: { readonly kind: Exclusion['kind']; readonly value: string }) {
  const { t } = useTranslation('exclusions');
  const [asked] = useDebouncedValue(value, pauseMilliseconds);
  const { data } = useQuery({
    ...questionOf('POST /api/v1/exclusions/preview', { query: {}, body: { kind, value: asked } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <p className={classes.caught} aria-live="polite">
      {value === '' || data === undefined
        ? ''
        : data.employees + data.people === 0
          ? t('catchesNobody')
          : `${[
              t('wouldCatch', {
                employees: t('employees', { count: data.employees }),
                people: t('inKeka', { count: data.people }),
              }),
              data.examples.length === 0 ? null : t('examples', { names: data.examples.join(', ') }),
            ]
              .filter((one) => one !== null)
              .join(', ')}${t('end')}`}
    </p>
  );
}
