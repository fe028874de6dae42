import type { DailyRow } from '../../../src/contract/daily-report.ts';
import classes from './flag-list.module.css';
import { useFlagWord } from './flag-word.ts';

type FlagListProps = {
  readonly row: Pick<DailyRow, 'flags' | 'status' | 'leavingDate'>;
  /** How many are written out; the others are counted. */
  readonly atMost: number;
};

/** What is notable about a day. What the status says already is not said again. */
export function FlagList({ row, atMost }: FlagListProps) {
  const wordOf = useFlagWord();
  const flags = row.flags.filter((flag) => flag !== row.status);
  const words = flags.map((flag) => wordOf(flag, row.leavingDate));
  if (words.length === 0) return null;
  const left = words.slice(atMost);
  return (
    <span className={classes.list} title={words.join(', ')}>
      {words.slice(0, atMost).map((word) => (
        <span key={word} className={classes.flag}>
          {word}
        </span>
      ))}
      {left.length === 0 ? null : (
        <span className={classes.more} aria-label={left.join(', ')}>
          +{left.length}
        </span>
      )}
    </span>
  );
}
