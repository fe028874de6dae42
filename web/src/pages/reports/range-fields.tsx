import { Button, Menu, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isDate } from '../../time/is-date.ts';
import { now } from '../../time/now.ts';
import { type DateRange, rangeNames, rangeOf, rangeOfMonth } from './range-choices.ts';
import classes from './range-fields.module.css';

type RangeFieldsProps = {
  readonly takes: 'month' | 'dates';
  readonly range: (DateRange & { readonly zone: string }) | undefined;
  readonly onChoose: (range: DateRange) => void;
};

/** Dates by usual ranges or by hand, or a month. Usual ranges are those of the company's calendar, not of the browser's. */
export function RangeFields({ takes, range, onChoose }: RangeFieldsProps) {
  const { t } = useTranslation('reports');
  const today = now()
    .toZonedDateTimeISO(range?.zone ?? 'UTC')
    .toPlainDate();
  if (takes === 'month') {
    return (
      <TextInput
        type="month"
        aria-label={t('month')}
        value={range?.from.slice(0, 7) ?? ''}
        disabled={range === undefined}
        onChange={({ currentTarget: { value } }) => {
          if (/^\d{4}-\d{2}$/.test(value)) onChoose(rangeOfMonth(value, today));
        }}
      />
    );
  }
  const field = (name: 'from' | 'to') => (
    <TextInput
      type="date"
      aria-label={t(name)}
      value={range?.[name] ?? ''}
      disabled={range === undefined}
      onChange={({ currentTarget: { value } }) => {
        if (range !== undefined && isDate(value)) onChoose(inOrder({ ...range, [name]: value }, name));
      }}
    />
  );
  return (
    <div className={classes.range}>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button
            variant="default"
            disabled={range === undefined}
            leftSection={<IconCalendar size={16} aria-hidden="true" />}
          >
            {t('usual')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rangeNames.map((name) => (
            <Menu.Item key={name} onClick={() => onChoose(rangeOf(name, today))}>
              {t(`range.${name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {field('from')}
      <span aria-hidden="true">–</span>
      {field('to')}
    </div>
  );
}

/** The end that was not touched gives way, so that a range is never the wrong way round. */
function inOrder({ from, to }: DateRange, touched: 'from' | 'to'): DateRange {
  if (from <= to) return { from, to };
  return touched === 'from' ? { from, to: from } : { from: to, to };
}
