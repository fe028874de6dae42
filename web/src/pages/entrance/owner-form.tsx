import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../api/api-problem.ts';
import { Failure } from '../../parts/failure.tsx';
import { focusFirstFault } from '../../parts/form/faults-of.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { Notice } from '../../parts/notice.tsx';
import { enter, useSignOut } from '../../session/session.ts';
import { SignInForm } from '../../session/sign-in-form.tsx';
import { AccountFields } from './account-fields.tsx';
import { CompanyFields } from './company-fields.tsx';
import classes from './entrance-form.module.css';
import { type OwnerFormProps, useOwnerForm } from './use-owner-form.ts';

/** The first owner and the first company; then straight on to connecting Keka. */
export function OwnerForm(props: OwnerFormProps) {
  const { organisations, session } = props;
  const { t } = useTranslation('entrance');
  const queries = useQueryClient();
  const signOut = useSignOut();
  const { form, accept, isFirst } = useOwnerForm(props);
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
