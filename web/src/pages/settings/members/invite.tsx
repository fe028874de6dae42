import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/ask.ts';
import { Dialog, DialogActions } from '../../../parts/dialog.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../../parts/form/use-field-checks.ts';
import { useSession } from '../../../session/session.ts';
import classes from '../dialog-form.module.css';
import { InvitationMade } from './invitation-made.tsx';
import { MembershipFields, type MembershipValues, toMembership } from './membership-fields.tsx';

/** Asks whom and as what, then tells what became of the e-mail. */
export function Invite({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('members');
  const checks = useFieldChecks();
  const session = useSession();
  const queries = useQueryClient();
  const form = useForm<{ email: string; membership: MembershipValues }>({
    initialValues: { email: '', membership: { role: 'auditor', teams: [] } },
    validate: ({ email, membership: { role, teams } }) =>
      onlyFaults({
        email: checks.email(email, t('email')),
        teams: role === 'manager' && teams.length === 0 ? t('teamsNeeded') : undefined,
      }),
  });
  const { membership } = form.values;
  const invite = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/invitations', {
        query: {},
        body: { email: form.values.email, membership: toMembership(membership) },
      }),
    onSuccess: () => queries.invalidateQueries(),
    onError: (error) => {
      const { email, ...faults } = faultsOf(error);
      const isMember = email === 'belongs to a member already';
      form.setErrors(onlyFaults({ ...faults, email: isMember ? t('alreadyMember') : email }));
      focusFirstFault();
    },
  });
  if (invite.isSuccess) return <InvitationMade made={invite.data} onClose={onClose} />;
  return (
    <Dialog isOpen onClose={onClose} title={t('invite')}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.onSubmit(() => invite.mutate(), focusFirstFault)}
      >
        <TextInput
          type="email"
          label={t('email')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          required
          withAsterisk={false}
          data-autofocus
          {...form.getInputProps('email')}
        />
        <MembershipFields
          values={membership}
          onChange={(values) => form.setFieldValue('membership', values)}
          fault={typeof form.errors['teams'] === 'string' ? form.errors['teams'] : undefined}
          isOwner={session?.role === 'owner'}
        />
        {invite.error === null || Object.keys(form.errors).length > 0 ? null : (
          <Failure error={invite.error} title={t('failedSave')} />
        )}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending}>
            {t('send')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
