import { ask } from '../../api/ask.ts';
import { SearchedSelect } from '../../parts/searched-select.tsx';
import type { Person } from './link-facts.ts';

type PersonPickerProps = {
  readonly connection: string;
  readonly label: string;
  readonly value: Person | null;
  readonly onPick: (person: Person | null) => void;
};

const shown = 20;

/** Somebody in Keka, found by typing a part of the name, code or e-mail address. */
export function PersonPicker({ connection, ...props }: PersonPickerProps) {
  return (
    <SearchedSelect
      {...props}
      idOf={({ guid }) => guid}
      labelOf={labelOf}
      findKey={['people to pick', connection]}
      find={(words, signal) => findPeople(connection, words, signal)}
      hasFocus
    />
  );
}

async function findPeople(
  connection: string,
  words: string,
  signal: AbortSignal,
): Promise<readonly Person[]> {
  const query = { limit: shown, ...(words === '' ? {} : { search: words }) };
  const question = { params: { id: connection }, query };
  const { rows } = await ask('GET /api/v1/connections/:id/links', question, signal);
  return rows.flatMap(({ person }) => person ?? []);
}

function labelOf({ name, key, email }: Person): string {
  return [name, key ?? email].filter((one) => one !== null).join(' · ');
}
