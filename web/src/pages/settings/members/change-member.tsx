import { Button, Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { useSession } from '../../../session/session.ts';
import classes from '../dialog-form.module.css';
import type { Member } from './member-list.tsx';
import { MembershipFields, toMembership } from './membership-fields.tsx';
import { RemoveMember } from './remove-member.tsx';

type ChangeMemberProps = { readonly member: Member; readonly onClose: () => void };

export function ChangeMember({ member, onClose }: ChangeMemberProps) {
  const { t } = useTranslation('members');
  const session = useSession();
  const queries = useQueryClient();
  const [membership, setMembership] = useState({ role: member.role, teams: member.teams });
  const [isActive, setActive] = useState(member.state === 'active');
  const [fault, setFault] = useState<string>();
  const isSame = membership.role === member.role && membership.teams.join('\n') === member.teams.join('\n');
  const save = useMutation({
    mutationFn: () =>
      ask('PATCH /api/v1/members/:id', {
        params: { id: member.id },
        query: {},
        body: {
          // What an employee is linked to stays as it is where the role does.
          ...(isSame ? {} : { membership: toMembership(membership) }),
          state: isActive ? 'active' : 'disabled',
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  const submit = () => {
    const isWithout = membership.role === 'manager' && membership.teams.length === 0;
    setFault(isWithout ? t('teamsNeeded') : undefined);
    if (!isWithout) save.mutate();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('changeTitle', { name: member.name })}>
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <MembershipFields
          values={membership}
          onChange={setMembership}
          fault={fault}
          isOwner={session?.role === 'owner'}
        />
        <Switch
          label={t('mayComeIn')}
          description={t('mayComeInHint')}
          checked={isActive}
          onChange={({ currentTarget: { checked } }) => setActive(checked)}
        />
        {save.error === null ? null : <Failure error={save.error} title={t('failedSave')} />}
        <DialogActions>
          <RemoveMember member={member} onRemoved={onClose} />
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
