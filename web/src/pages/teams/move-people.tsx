import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../../../src/contract/employees.ts';
import { ask } from '../../api/ask.ts';
import { EmployeesPicker } from '../../directory/employees-picker.tsx';
import type { PickedEmployee } from '../../directory/picked-employee.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import classes from './teams.module.css';

type MovePeopleProps = {
  readonly team: Team;
  readonly onClose: () => void;
  readonly onMoved: (count: number) => void;
};

/** Who comes into a team, and from which day on. */
export function MovePeople({ team, onClose, onMoved }: MovePeopleProps) {
  const { t } = useTranslation('teams');
  const { t: tDirectory } = useTranslation('directory');
  const queries = useQueryClient();
  const [people, setPeople] = useState<readonly PickedEmployee[]>([]);
  const [from, setFrom] = useState('');
  const [isMissing, setMissing] = useState(false);
  const move = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/teams/moves', {
        query: {},
        body: {
          employees: people.map(({ id }) => id),
          team: team.name,
          ...(from === '' ? {} : { from }),
        },
      }),
    onSuccess: async ({ moved }) => {
      await queries.invalidateQueries();
      onMoved(moved);
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('moveOf', { name: team.name })}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(people.length === 0);
          if (people.length > 0) move.mutate();
        }}
      >
        <p>{t('moveText')}</p>
        <EmployeesPicker
          label={t('who')}
          values={people}
          onPick={setPeople}
          error={isMissing && people.length === 0 ? t('whoNeeded') : undefined}
        />
        <TextInput
          type="date"
          label={t('from')}
          description={t('fromHint')}
          value={from}
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        {move.error === null ? null : <Failure error={move.error} title={t('moveFailed')} />}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {tDirectory('cancel')}
          </Button>
          <Button type="submit" loading={move.isPending}>
            {t('moveNow')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
