import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Team } from '../../../../src/contract/employees.ts';
import { ask } from '../../api/ask.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { onlyFaults } from '../../parts/form/use-field-checks.ts';
import classes from './teams.module.css';

type TeamDialogProps = {
  /** Null for a new one. */
  readonly team: Team | null;
  readonly teams: readonly Team[];
  readonly onClose: () => void;
};

/** Name of a team, and its place in the tree. */
export function TeamDialog({ team, teams, onClose }: TeamDialogProps) {
  const { t } = useTranslation('teams');
  const { t: tDirectory } = useTranslation('directory');
  const queries = useQueryClient();
  const form = useForm({
    initialValues: { name: team?.name ?? '', parent: team?.parent ?? '' },
    validate: ({ name }) => onlyFaults({ name: name.trim() === '' ? t('nameNeeded') : undefined }),
  });
  const save = useMutation({
    mutationFn: () => {
      const body = { name: form.values.name.trim(), parent: form.values.parent || null };
      return team === null
        ? ask('POST /api/v1/teams', { query: {}, body })
        : ask('PATCH /api/v1/teams/:id', { params: { id: team.id }, query: {}, body });
    },
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
    onError: (error) => {
      const { name, parent } = faultsOf(error);
      form.setErrors(
        onlyFaults({
          name: name === 'is already in use' ? t('nameTaken') : name,
          parent: parent === undefined ? undefined : t('wouldCircle'),
        }),
      );
      focusFirstFault();
    },
  });
  return (
    <Dialog isOpen onClose={onClose} title={team === null ? t('add') : t('changeOf', { name: team.name })}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit(() => save.mutate(), focusFirstFault)}
      >
        <TextInput label={t('name')} autoComplete="off" data-autofocus {...form.getInputProps('name')} />
        <NativeSelect
          label={t('parent')}
          data={[
            { value: '', label: t('top') },
            ...teams
              .filter(({ id }) => id !== team?.id)
              .map(({ id, name, depth }) => ({ value: id, label: `${'\u00A0\u00A0'.repeat(depth)}${name}` })),
          ]}
          {...form.getInputProps('parent')}
        />
        {save.error === null || Object.keys(form.errors).length > 0 ? null : (
          <Failure error={save.error} title={tDirectory('failedSave')} />
        )}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {tDirectory('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {team === null ? t('add') : tDirectory('save')}
          </Button>
        </DialogActions>
        {team === null || team.employeesWithin > 0 ? null : <RemoveTeam team={team} onRemoved={onClose} />}
      </form>
    </Dialog>
  );
}

type RemoveTeamProps = { readonly team: Team; readonly onRemoved: () => void };

function RemoveTeam({ team, onRemoved }: RemoveTeamProps) {
  const { t } = useTranslation('teams');
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => ask('DELETE /api/v1/teams/:id', { params: { id: team.id }, query: {} }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onRemoved();
    },
  });
  return (
    <div className={classes.remove}>
      <Button
        variant="subtle"
        color="red"
        size="xs"
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        {t('remove')}
      </Button>
      <p className={classes.soft}>{t('removeHint')}</p>
      {remove.error === null ? null : <Failure error={remove.error} title={t('removeFailed')} />}
    </div>
  );
}
