import { Button } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../../src/contract/session.ts';
import { hasCode } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import { Failure } from '../../parts/failure.tsx';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { Notice } from '../../parts/notice.tsx';
import { enter, useSignOut } from '../../session/session.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { ownZone } from '../../time/zones.ts';
import { AccountFields, noAccount } from './account-fields.tsx';
import { CompanyFields } from './company-fields.tsx';
import classes from './entrance-form.module.css';

type OwnerFormProps = {
  readonly token: string;
  /** What will be owned; empty when the company is still to be named. */
  readonly organisations: readonly { readonly name: string }[];
  /** Of whoever is signed in already: that account becomes the owner. */
  readonly session: Session | null;
};

export type OwnerValues = {
  readonly account: typeof noAccount;
  readonly organisation: { readonly name: string; readonly zone: string };
};

/** The first owner and the first company; then straight on to connecting Keka. */
export function OwnerForm({ token, organisations, session }: OwnerFormProps) {
  const { t } = useTranslation('entrance');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const checks = useFieldChecks();
  const isFirst = organisations.length === 0;
  const form = useForm<OwnerValues>({
    initialValues: { account: noAccount, organisation: { name: '', zone: ownZone() } },
    validate: ({ account, organisation }) =>
      onlyFaults({
        ...(session !== null
          ? {}
          : {
              'account.name': checks.needed(account.name, t('fields.name')),
              'account.email': checks.email(account.email, t('fields.email')),
              'account.password': checks.newPassword(account.password, t('fields.newPassword')),
            }),
        ...(isFirst ? { 'organisation.name': checks.needed(organisation.name, t('owner.companyName')) } : {}),
      }),
  });
  const accept = useMutation({
    mutationFn: () => {
      const { account, organisation } = form.getValues();
      return ask('POST /api/v1/owner-link/accept', {
        body: { token, ...(session === null ? { account } : {}), ...(isFirst ? { organisation } : {}) },
      });
    },
    onSuccess: async () => {
      await enter(queries);
      await navigate({ to: isFirst ? '/connections/new' : '/', replace: true });
    },
    onError: (error) => {
      form.setErrors(faultsOf(error));
      focusFirstFault();
    },
  });
  if (hasCode(accept.error, 'account_exists')) {
    return (
      <>
        <Notice tone="info" title={t('owner.existsTitle')} text={t('owner.existsText')} isLive />
        <SignInForm
          email={form.getValues().account.email}
          onDone={async () => {
            accept.reset();
            await enter(queries);
          }}
        />
      </>
    );
  }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.onSubmit(() => accept.mutate(), focusFirstFault)}
      aria-label={t('owner.title')}
    >
      <div>
        <p>{t('owner.intro')}</p>
        {isFirst ? null : (
          <p>
            {t('owner.becomesOf')} <strong>{organisations.map(({ name }) => name).join(', ')}</strong>
          </p>
        )}
      </div>
      {session === null ? (
        <FormSection title={t('owner.you')}>
          <AccountFields propsOf={(field) => form.getInputProps(`account.${field}`)} />
        </FormSection>
      ) : (
        <Notice
          tone="info"
          text={t('owner.signedInAs', { name: session.person.name, email: session.person.email })}
          action={
            <Button variant="default" onClick={() => void signOut.end().then(signOut.forget)}>
              {t('owner.other')}
            </Button>
          }
        />
      )}
      {isFirst ? (
        <FormSection title={t('owner.company')}>
          <CompanyFields propsOf={(field) => form.getInputProps(`organisation.${field}`)} />
        </FormSection>
      ) : null}
      {accept.error === null || Object.keys(form.errors).length > 0 ? null : (
        <Failure error={accept.error} title={t('owner.failed')} />
      )}
      <div>
        <Button type="submit" loading={accept.isPending}>
          {t(isFirst ? 'owner.submitFirst' : 'owner.submit')}
        </Button>
      </div>
    </form>
  );
}
