import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actorKinds, toAuditSearch } from './audit-search.ts';
import classes from './audit-trail.module.css';

const route = getRouteApi('/settings/audit-trail');
const pauseMilliseconds = 200;

/** What is typed is shown at once; the address, and with it the entries, follow after a short pause. */
export function AuditFilters() {
  const { t } = useTranslation('settings', { keyPrefix: 'audit' });
  const { q, by } = route.useSearch();
  const navigate = route.useNavigate();
  const [text, setText] = useState(q ?? '');
  useEffect(() => setText(q ?? ''), [q]);
  const follow = useDebouncedCallback(
    (words: string) => void navigate({ search: (now) => ({ ...now, q: words || undefined }), replace: true }),
    pauseMilliseconds,
  );
  return (
    <search className={classes.filters}>
      <TextInput
        type="search"
        label={t('search')}
        placeholder={t('searchHint')}
        maxLength={200}
        value={text}
        onChange={({ currentTarget: { value } }) => {
          setText(value);
          follow(value);
        }}
      />
      <NativeSelect
        label={t('who')}
        value={by ?? ''}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: (now) => ({ ...now, by: toAuditSearch({ by: value }).by }), replace: true })
        }
        data={[
          { value: '', label: t('anybody') },
          ...actorKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        ]}
      />
    </search>
  );
}
