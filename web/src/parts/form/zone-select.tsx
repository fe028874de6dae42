import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneNames, zoneOffset } from '../../time/zones.ts';

/** Chosen by typing a part of its name; each with its distance from UTC today. */
export function ZoneSelect(props: SelectProps) {
  const { t } = useTranslation('entrance', { keyPrefix: 'owner' });
  const { value } = props;
  const zones = useMemo(() => {
    const names = zoneNames();
    const all =
      typeof value === 'string' && value !== '' && !names.includes(value) ? [value, ...names] : names;
    return all.map((name) => ({ value: name, label: `${name} (UTC${zoneOffset(name)})` }));
  }, [value]);
  return (
    <Select
      data={zones}
      searchable
      allowDeselect={false}
      limit={60}
      nothingFoundMessage={t('zoneNone')}
      maxDropdownHeight={260}
      required
      withAsterisk={false}
      {...props}
    />
  );
}
