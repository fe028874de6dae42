import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { PasswordField } from '../../parts/form/password-field.tsx';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { EntranceFrame } from '../../shell/entrance-frame.tsx';
import classes from './entrance-form.module.css';

/** Where the link for a forgotten password leads. Every session ends with it, so the sign-in comes next. */
export function NewPasswordPage() {
  const { t } = useTranslation('members', { keyPrefix: 'reset' });
  const { t: tEntrance } = useTranslation('entrance');
  const token = useLocation({ select: ({ hash }) => hash });
  const checks = useFieldChecks();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { password: '' },
    validate: ({ password }) => onlyFaults({ password: checks.newPassword(password, t('newTitle')) }),
  });
  const set = useMutation({
    mutationFn: () =>
      ask('POST /api/v1/password-reset/accept', { body: { token, password: form.getValues().password } }),
    onSuccess: async () => {
      await queries.resetQueries();
      await navigate({ to: '/sign-in', search: { after: 'new-password' }, replace: true });
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      focusFirstFault();
    },
  });
  const isOld = token === '' || hasCode(set.error, 'link_expired');
  return (
    <EntranceFrame title={t('newTitle')}>
      {isOld ? (
        <Notice
          tone="warning"
          title={tEntrance(token === '' ? 'owner.cutTitle' : 'owner.expiredTitle')}
          text={token === '' ? tEntrance('owner.cutText') : t('expiredText')}
          action={<LinkButton to="/forgotten-password">{t('askAgain')}</LinkButton>}
          isLive
        />
      ) : (
        <form
          className={classes.form}
          noValidate
          onSubmit={form.onSubmit(() => set.mutate(), focusFirstFault)}
          aria-label={t('newTitle')}
        >
          <PasswordField kind="new" label={t('newTitle')} {...form.getInputProps('password')} />
          {set.error === null || Object.keys(form.errors).length > 0 ? null : (
            <Failure error={set.error} title={t('newFailed')} />
          )}
          <Button type="submit" loading={set.isPending}>
            {t('newSubmit')}
          </Button>
        </form>
      )}
    </EntranceFrame>
  );
}
