import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../../src/contract/links.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { restoring } from './link-facts.ts';
import classes from './link-list.module.css';
import type { Decisions } from './use-decisions.ts';

type LinkActionsProps = {
  readonly link: Link;
  readonly name: string;
  readonly decisions: Decisions;
  readonly onSearch: () => void;
  readonly onIgnore: () => void;
};

const look = { variant: 'default', size: 'xs' } as const;

/** What can be done besides accepting a suggestion; all of it can be undone. */
export function LinkActions(props: LinkActionsProps) {
  const { t } = useTranslation('links');
  const { link, name, decisions, onSearch, onIgnore } = props;
  const { kind, person, employee } = link;
  const { decide, add } = decisions;
  const isBusy = decide.isPending || add.isPending;
  const action = (text: string, onClick: () => void) => (
    <Button {...look} aria-label={t('of', { action: text, name })} disabled={isBusy} onClick={onClick}>
      {text}
    </Button>
  );
  if (kind === 'excluded') {
    return (
      <div className={classes.actions}>
        <LinkButton {...look} aria-label={t('of', { action: t('toRules'), name })} to="/employees/exclusions">
          {t('toRules')}
        </LinkButton>
      </div>
    );
  }
  if (kind === 'linked' || kind === 'ignored') {
    return (
      <div className={classes.actions}>
        {kind === 'ignored'
          ? action(t('restore'), () => decide.mutate(restoring(link)))
          : person === null
            ? null
            : action(t('unlink'), () => decide.mutate([{ kind: 'unlink', person: person.guid }]))}
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      {kind === 'no_employee_id' && employee !== null ? (
        <LinkButton
          {...look}
          aria-label={t('of', { action: t('enterId'), name })}
          to="/employees/$employee"
          params={{ employee: employee.id }}
        >
          {t('enterId')}
        </LinkButton>
      ) : null}
      {kind === 'not_in_directory' && person !== null
        ? action(t('add'), () => add.mutate([person.guid]))
        : null}
      {kind === 'unlinked_by_hand' ? action(t('byKeyAgain'), () => decide.mutate(restoring(link))) : null}
      {action(t('byHandOpen'), onSearch)}
      {action(t('ignore'), onIgnore)}
    </div>
  );
}
