import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './connection-form.module.css';
import type { ConnectionForm } from './use-connection-form.ts';
import { useFaultText } from './use-fault-text.ts';

/** What nearly everybody leaves as it is. */
export function MoreFields({ form }: { readonly form: ConnectionForm }) {
  const { t } = useTranslation('connections');
  const faultText = useFaultText(form);
  const { environment, requestsPerMinute } = form.values;
  const bases = [
    { value: 'utc', label: t('form.utc') },
    { value: 'local', label: t('form.local') },
  ];
  return (
    <details className={classes.more} open={form.faultOf('requestsPerMinute') !== null || undefined}>
      <summary>{t('form.more')}</summary>
      <div className={classes.moreFields}>
        <NativeSelect
          label={t('form.environment')}
          data={[
            { value: 'keka', label: t('form.keka') },
            { value: 'kekademo', label: t('form.kekademo') },
          ]}
          value={environment}
          onChange={(event) =>
            form.set({ environment: event.currentTarget.value === 'kekademo' ? 'kekademo' : 'keka' })
          }
        />
        <TextInput
          label={t('form.requests')}
          description={t('form.requestsHint')}
          inputMode="numeric"
          value={requestsPerMinute}
          onChange={(event) => form.set({ requestsPerMinute: event.currentTarget.value })}
          error={faultText('requestsPerMinute', t('form.requests'))}
        />
        {(['punchBasis', 'shiftBasis'] as const).map((field) => (
          <NativeSelect
            key={field}
            label={t(`form.${field}`)}
            description={field === 'punchBasis' ? t('form.basisHint') : undefined}
            data={bases}
            value={form.values[field]}
            onChange={(event) =>
              form.set({ [field]: event.currentTarget.value === 'local' ? 'local' : 'utc' })
            }
          />
        ))}
        <Checkbox
          label={t('form.readRequests')}
          description={t('form.readRequestsHint')}
          checked={form.values.readRequests}
          onChange={(event) => form.set({ readRequests: event.currentTarget.checked })}
        />
      </div>
    </details>
  );
}
