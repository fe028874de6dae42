import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { LinkKind } from '../../../../src/contract/links.ts';
import classes from '../../parts/count-links.module.css';
import { StateChip, type StateMark } from '../../parts/state-chip.tsx';
import { useFormats } from '../../time/use-formats.ts';
import { kinds } from './link-kinds.ts';

const route = getRouteApi('/employees/links');

const marks: Readonly<Record<LinkKind, StateMark>> = {
  not_in_directory: { tone: 'doubt', shape: 'question' },
  no_employee_id: { tone: 'doubt', shape: 'triangle' },
  no_source_key: { tone: 'doubt', shape: 'triangle' },
  ambiguous: { tone: 'doubt', shape: 'half' },
  two_people: { tone: 'doubt', shape: 'half' },
  code_reused: { tone: 'doubt', shape: 'triangle' },
  no_source_person: { tone: 'doubt', shape: 'broken' },
  unlinked_by_hand: { tone: 'doubt', shape: 'broken' },
  linked: { tone: 'good', shape: 'dot' },
  ignored: { tone: 'off', shape: 'dash' },
  excluded: { tone: 'off', shape: 'cross' },
};

type KindTabsProps = {
  readonly counts: Readonly<Record<LinkKind, number>>;
  /** Undefined when all kinds are searched. */
  readonly chosen: LinkKind | undefined;
};

/** How many there are of each kind; a click shows these. */
export function KindTabs({ counts, chosen }: KindTabsProps) {
  const { t } = useTranslation('links');
  const formats = useFormats();
  return (
    <ul className={classes.counts} aria-label={t('kinds')}>
      {kinds
        .filter((kind) => counts[kind] > 0 || kind === chosen || kind === 'linked')
        .map((kind) => (
          <li key={kind}>
            <Link
              from={route.id}
              to="."
              search={(now) => ({ ...now, kind, page: undefined })}
              replace
              className={classes.count}
              data-chosen={kind === chosen ? '' : undefined}
              aria-current={kind === chosen ? 'true' : undefined}
            >
              <KindChip kind={kind} /> <b>{formats.number(counts[kind])}</b>
            </Link>
          </li>
        ))}
    </ul>
  );
}

export function KindChip({ kind }: { readonly kind: LinkKind }) {
  const { t } = useTranslation('links');
  return <StateChip mark={marks[kind]}>{t(`kind.${kind}`)}</StateChip>;
}
