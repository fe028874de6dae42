import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

type SearchFieldProps = {
  readonly label: string;
  readonly placeholder: string;
  /** What is searched for, as the address says. */
  readonly words: string | undefined;
  readonly onSearch: (words: string | undefined) => void;
  readonly className?: string | undefined;
};

const pauseMilliseconds = 200;

/** What is typed is shown at once; the search follows after a short pause. */
export function SearchField({ label, placeholder, words, onSearch, className }: SearchFieldProps) {
  const [text, setText] = useState(words ?? '');
  const follow = useDebouncedCallback(
    (typed: string) => onSearch(typed.trim() === '' ? undefined : typed),
    pauseMilliseconds,
  );
  // The address may also change by a link, or by clearing all filters.
  useEffect(() => setText(words ?? ''), [words]);
  return (
    <TextInput
      type="search"
      className={className}
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        follow(value);
      }}
    />
  );
}
