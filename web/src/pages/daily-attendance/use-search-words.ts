import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

const route = getRouteApi('/daily-attendance');
const pauseMilliseconds = 150;

/** What is typed is shown at once; the address, and with it the rows, follow after a short pause. */
export function useSearchWords(q: string | undefined): { readonly text: string; change(text: string): void } {
  const navigate = route.useNavigate();
  const [text, setText] = useState(q ?? '');
  const follow = useDebouncedCallback(
    (words: string) =>
      void navigate({ search: (now) => ({ ...now, q: words === '' ? undefined : words }), replace: true }),
    pauseMilliseconds,
  );
  // The address may also change by a link, or by clearing all filters.
  useEffect(() => setText(q ?? ''), [q]);
  return {
    text,
    change: (words) => {
      setText(words);
      follow(words);
    },
  };
}
