import { Button, Checkbox } from '@mantine/core';
import { Link as RouteLink } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Link, LinkSuggestion } from '../../../../src/contract/links.ts';
import { useFormats } from '../../time/use-formats.ts';
import { KindChip } from './kind-tabs.tsx';
import { LinkActions } from './link-actions.tsx';
import {
  decisionOf,
  employeeFacts,
  type LinkedEmployee,
  type Person,
  periodOf,
  personFacts,
} from './link-facts.ts';
import classes from './link-list.module.css';
import type { Decisions } from './use-decisions.ts';

export type LinkRowProps = {
  readonly link: Link;
  readonly connection: string;
  readonly isKindShown: boolean;
  readonly decisions: Decisions;
  readonly isChosen: boolean;
  /** Where several can be settled together. */
  readonly onChoose?: () => void;
  readonly onSearch: () => void;
  readonly onIgnore: () => void;
};

/** One person in Keka, or an employee without any: who it is, who it may be, and what can be done. */
export function LinkRow({ link, isKindShown, isChosen, onChoose, ...rest }: LinkRowProps) {
  const { t } = useTranslation('links');
  const name = useNameOf()(link);
  return (
    <li className={classes.row}>
      {onChoose === undefined ? null : (
        <div className={classes.check}>
          <Checkbox aria-label={t('select', { name })} checked={isChosen} onChange={onChoose} />
        </div>
      )}
      <div className={classes.person}>
        {isKindShown ? (
          <div className={classes.soft}>
            <KindChip kind={link.kind} />
          </div>
        ) : null}
        {link.person === null ? (
          <>
            <div className={classes.label}>{t('inDirectory')}</div>
            <EmployeeWords employee={link.employee} />
          </>
        ) : (
          <PersonWords person={link.person} link={link} />
        )}
      </div>
      <div className={classes.employee}>
        {link.person !== null && link.employee !== null ? (
          <LinkedWords link={link} employee={link.employee} />
        ) : link.reason !== null ? (
          <p className={classes.soft}>{t('ignoredFor', { reason: link.reason })}</p>
        ) : (
          <Suggestions link={link} decisions={rest.decisions} />
        )}
      </div>
      <LinkActions link={link} name={name} {...rest} />
    </li>
  );
}

/** What somebody is called; a code where Keka gives no name. */
export function useNameOf(): (link: Pick<Link, 'person' | 'employee'>) => string {
  const { t } = useTranslation('directory');
  return ({ person, employee }) =>
    person === null ? (employee?.name ?? t('noName')) : (person.name ?? person.key ?? t('noName'));
}

function PersonWords({ person, link }: { readonly person: Person; readonly link: Link }) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const formats = useFormats();
  return (
    <>
      <div className={classes.label}>{t('inKeka')}</div>
      <div className={classes.name}>{person.name ?? tDirectory('noName')}</div>
      <Pieces pieces={personFacts(person, { t, formats })} />
      <div className={classes.soft}>
        {link.lastDay === null
          ? t('noDays')
          : t('days', { count: link.days, date: formats.shortDate(link.lastDay) })}
      </div>
    </>
  );
}

function EmployeeWords({ employee }: { readonly employee: LinkedEmployee | null }) {
  const { t } = useTranslation('links');
  const formats = useFormats();
  if (employee === null) return null;
  return (
    <>
      <div className={classes.name}>
        <RouteLink to="/employees/$employee" params={{ employee: employee.id }}>
          {employee.name}
        </RouteLink>
      </div>
      <Pieces pieces={employeeFacts(employee, { t, formats })} />
    </>
  );
}

function LinkedWords({ link, employee }: { readonly link: Link; readonly employee: LinkedEmployee }) {
  const { t } = useTranslation('links');
  const formats = useFormats();
  const period = periodOf(link.validFrom, link.validTo, { t, formats });
  const how = link.madeBy === null ? null : t(link.madeBy === 'key' ? 'byKey' : 'byHand');
  return (
    <>
      <div className={classes.label}>{t('inDirectory')}</div>
      <EmployeeWords employee={employee} />
      <Pieces pieces={[how, period].filter((one) => one !== null)} />
    </>
  );
}

/** Who it may be, and why; the strongest first. */
function Suggestions({ link, decisions }: { readonly link: Link; readonly decisions: Decisions }) {
  const { t } = useTranslation('links');
  if (link.kind === 'excluded') return null;
  if (link.suggestions.length === 0) return <p className={classes.soft}>{t('noSuggestion')}</p>;
  return (
    <>
      <div className={classes.label}>{t('suggestions')}</div>
      <ul className={classes.suggestions} aria-label={t('suggestions')}>
        {link.suggestions.map((suggestion) => (
          <li key={`${suggestion.person.guid} ${suggestion.employee.id}`} className={classes.suggestion}>
            <SuggestionWords suggestion={suggestion} isOfPerson={link.person !== null} />
            <Button
              size="xs"
              loading={decisions.decide.isPending}
              aria-label={t('linkTo', {
                person: suggestion.person.name ?? suggestion.person.key ?? '',
                employee: suggestion.employee.name,
              })}
              onClick={() => decisions.decide.mutate([decisionOf(suggestion)])}
            >
              {t('link')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

type SuggestionWordsProps = { readonly suggestion: LinkSuggestion; readonly isOfPerson: boolean };

function SuggestionWords({ suggestion, isOfPerson }: SuggestionWordsProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const formats = useFormats();
  const { person, employee, reasons, validFrom, validTo } = suggestion;
  const context = { t, formats };
  const period = periodOf(validFrom, validTo, context);
  return (
    <div>
      <div>{isOfPerson ? employee.name : (person.name ?? tDirectory('noName'))}</div>
      <Pieces pieces={isOfPerson ? employeeFacts(employee, context) : personFacts(person, context)} />
      <div className={classes.soft}>
        <span className={classes.why}>{reasons.map((reason) => t(`reason.${reason}`)).join(', ')}</span>
        {period === null ? null : <span>{period}</span>}
      </div>
    </div>
  );
}

function Pieces({ pieces }: { readonly pieces: readonly string[] }) {
  if (pieces.length === 0) return null;
  return (
    <div className={classes.soft}>
      {pieces.map((piece) => (
        <span key={piece}>{piece}</span>
      ))}
    </div>
  );
}
