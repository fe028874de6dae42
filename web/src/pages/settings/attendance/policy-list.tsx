import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttendancePolicy } from '../../../../../src/contract/attendance-policies.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { FormSection } from '../../../parts/form/form-section.tsx';
import { ItemList } from '../../../parts/item-list.tsx';
import { Notice } from '../../../parts/notice.tsx';
import { useMay } from '../../../session/session.ts';
import { useFormats } from '../../../time/use-formats.ts';
import { NewPolicyForm } from './new-policy-form.tsx';
import { RemovePolicy } from './remove-policy.tsx';

export function PolicyList({ policies }: { readonly policies: readonly AttendancePolicy[] }) {
  const { t } = useTranslation('rules');
  const may = useMay();
  const [isMaking, setMaking] = useState(false);
  const [hasMade, setMade] = useState(false);
  const formats = useFormats();
  const mayChange = may('manage attendance rules');
  const whomOf = ({ scope, name }: AttendancePolicy) =>
    scope === 'organisation' ? t('everybody') : t(`of.${scope}`, { name: name ?? '' });
  const detailsOf = (policy: AttendancePolicy) => [
    policy.to === null
      ? t('from', { date: formats.date(policy.from) })
      : t('fromTo', { from: formats.date(policy.from), to: formats.date(policy.to) }),
    t('late', { minutes: policy.lateGraceMinutes }),
    t('early', { minutes: policy.earlyOutGraceMinutes }),
    policy.fullDayMinutes === null ? null : t('full', { minutes: policy.fullDayMinutes }),
    policy.halfDayMinutes === null ? null : t('half', { minutes: policy.halfDayMinutes }),
    policy.overtimeAfterMinutes === null ? null : t('overtime', { minutes: policy.overtimeAfterMinutes }),
  ];
  return (
    <FormSection title={t('policies')} hint={t('policiesHint')}>
      {policies.length === 0 ? (
        <p>{t('noPolicies')}</p>
      ) : (
        <ItemList
          label={t('policies')}
          items={policies.map((policy) => ({
            key: String(policy.number),
            title: `${policy.number} · ${whomOf(policy)}`,
            details: detailsOf(policy),
            ...(mayChange ? { actions: <RemovePolicy number={policy.number} /> } : {}),
          }))}
        />
      )}
      {hasMade ? <Notice tone="success" text={t('judging')} isLive /> : null}
      {mayChange ? (
        <div>
          <Button onClick={() => setMaking(true)}>{t('add')}</Button>
        </div>
      ) : null}
      <Dialog isOpen={isMaking} onClose={() => setMaking(false)} title={t('form.title')}>
        <NewPolicyForm
          onMade={() => {
            setMade(true);
            setMaking(false);
          }}
          onCancel={() => setMaking(false)}
        />
      </Dialog>
    </FormSection>
  );
}
