import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../api/use-zone.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { now } from '../../time/now.ts';
import classes from './choice-list.module.css';
import { PlanCost, type PlanOf } from './plan-cost.tsx';
import fields from './schedule-fields.module.css';
import { agesOfPlan, recheckPlans, type ScheduleValues, timeElsewhere } from './schedule-values.ts';
import type { ConnectionForm } from './use-connection-form.ts';
import { useFaultText } from './use-fault-text.ts';

type ScheduleFieldsProps = { readonly form: ConnectionForm; readonly of: PlanOf };

/** Auto-Run: when by itself, which days again, and what that costs. */
export function ScheduleFields({ form, of }: ScheduleFieldsProps) {
  const { t } = useTranslation('connections', { keyPrefix: 'schedule' });
  const faultText = useFaultText(form);
  const home = useZone();
  const { schedule } = form.values;
  const set = (change: Partial<ScheduleValues>) => form.set({ schedule: { ...schedule, ...change } });
  const zones = useMemo(() => zonesWith(home), [home]);
  const there = home === undefined || home === schedule.zone ? null : timeElsewhere(schedule, home, now());
  return (
    <FormSection title={t('title')} hint={t('hint')}>
      <Switch
        label={t('autoRun')}
        checked={schedule.autoRun}
        onChange={(event) => set({ autoRun: event.currentTarget.checked })}
      />
      {schedule.autoRun ? (
        <>
          <div className={fields.time}>
            <TextInput
              type="time"
              label={t('at')}
              value={schedule.at}
              onChange={(event) => set({ at: event.currentTarget.value })}
              error={faultText('schedule.at', t('at'))}
            />
            <NativeSelect
              label={t('zone')}
              data={[...zones]}
              value={schedule.zone}
              onChange={(event) => set({ zone: event.currentTarget.value })}
            />
          </div>
          {there === null || home === undefined ? null : (
            <p className={fields.there}>{t('there', { time: there, zone: home })}</p>
          )}
          <RecheckChoice form={form} set={set} />
          <PlanCost of={of} schedule={schedule} />
        </>
      ) : null}
    </FormSection>
  );
}

type RecheckChoiceProps = {
  readonly form: ConnectionForm;
  readonly set: (change: Partial<ScheduleValues>) => void;
};

/** At which ages days are read again: a plan, or ages of one's own. */
function RecheckChoice({ form, set }: RecheckChoiceProps) {
  const { t } = useTranslation('connections', { keyPrefix: 'schedule' });
  const faultText = useFaultText(form);
  const { schedule } = form.values;
  return (
    <>
      <div role="radiogroup" aria-label={t('recheck')}>
        <p className={fields.label}>{t('recheck')}</p>
        <p className={fields.hint}>{t('recheckHint')}</p>
        <div className={classes.list}>
          {recheckPlans.map((plan) => (
            <label key={plan} className={classes.choice}>
              <input
                type="radio"
                name="recheck-plan"
                checked={schedule.plan === plan}
                onChange={() => set({ plan })}
              />
              <span className={classes.words}>
                <span className={classes.name}>{t(`plan.${plan}`)}</span>{' '}
                <span className={classes.hint}>
                  {plan === 'own' || plan === 'none'
                    ? t(`planHint.${plan}`)
                    : t('afterDays', { ages: agesOfPlan[plan].join(', ') })}
                </span>
              </span>
            </label>
          ))}
        </div>
      </div>
      {schedule.plan === 'own' ? (
        <TextInput
          label={t('ages')}
          value={schedule.ages}
          onChange={(event) => set({ ages: event.currentTarget.value })}
          error={faultText('schedule.ages', t('ages'))}
          maw="20rem"
        />
      ) : null}
    </>
  );
}

/** UTC and the company's own zone first: nearly everybody wants one of them. */
function zonesWith(home: string | undefined): readonly string[] {
  const first = ['UTC', ...(home === undefined ? [] : [home])];
  return [...new Set([...first, ...Intl.supportedValuesOf('timeZone')])];
}
