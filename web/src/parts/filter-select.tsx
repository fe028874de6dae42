import { Select } from '@mantine/core';
import classes from './filter-bar.module.css';

type Choice = string | { readonly value: string; readonly label: string };

type FilterSelectProps = {
  readonly label: string;
  readonly choices: readonly Choice[];
  /** As the address says. */
  readonly value: string | undefined;
  readonly onChoose: (value: string | undefined) => void;
};

/** One value of many, or none. What the address says is shown as chosen even where nobody has it (any more). */
export function FilterSelect({ label, choices, value, onChoose }: FilterSelectProps) {
  const isThere = choices.some((one) => (typeof one === 'string' ? one : one.value) === value);
  const data = value === undefined || isThere ? [...choices] : [...choices, value];
  return (
    <Select
      className={classes.filter}
      aria-label={label}
      placeholder={label}
      data={data}
      value={value ?? null}
      onChange={(chosen) => onChoose(chosen ?? undefined)}
      clearable
      searchable={choices.length > 8}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
    />
  );
}
