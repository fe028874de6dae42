import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../../../src/contract/employees.ts';
import classes from './teams.module.css';

type TeamTreeProps = {
  readonly teams: readonly Team[];
  /** Left out for whoever may only look. */
  readonly onChange?: (team: Team) => void;
  readonly onMove?: (team: Team) => void;
};

/** In reading order, each below its parent. */
export function TeamTree({ teams, onChange, onMove }: TeamTreeProps) {
  const { t } = useTranslation('teams');
  // Whoever sees a part of the tree sees it from its own top.
  const top = Math.min(...teams.map(({ depth }) => depth));
  const look = { variant: 'default', size: 'xs' } as const;
  return (
    <ul className={classes.tree} aria-label={t('list')}>
      {teams.map((team) => (
        <li key={team.id} className={classes.team}>
          <div className={classes.words} style={{ paddingInlineStart: `${(team.depth - top) * 1.25}rem` }}>
            <Link to="/employees" search={{ team: team.name }} className={classes.name}>
              {team.name}
            </Link>
            <span className={classes.soft}>
              {t('people', { count: team.employees })}
              {team.employeesWithin === team.employees
                ? null
                : ` · ${t('within', { count: team.employeesWithin })}`}
            </span>
          </div>
          {onChange === undefined || onMove === undefined ? null : (
            <div className={classes.actions}>
              <Button {...look} aria-label={`${t('move')}: ${team.name}`} onClick={() => onMove(team)}>
                {t('move')}
              </Button>
              <Button {...look} aria-label={`${t('change')}: ${team.name}`} onClick={() => onChange(team)}>
                {t('change')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
