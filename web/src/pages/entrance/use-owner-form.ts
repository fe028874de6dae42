import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../../../src/contract/session.ts';
import { ask } from '../../api/ask.ts';
import { faultsOf, focusFirstFault } from '../../parts/form/faults-of.ts';
import { onlyFaults, useFieldChecks } from '../../parts/form/use-field-checks.ts';
import { enter } from '../../session/session.ts';
import { ownZone } from '../../time/zones.ts';
import { noAccount } from './no-account.ts';

export type OwnerFormProps = {
  readonly token: string;
  /** What will be owned; empty when the company is still to be named. */
  readonly organisations: readonly { readonly name: string }[];
  /** Of whoever is signed in already: that account becomes the owner. */
  readonly session: Session | null;
};

type OwnerValues = {
  readonly account: typeof noAccount;
  readonly organisation: { readonly name: string; readonly zone: string };
};

/** What an owner link asks for, and what becomes of it. */
export function useOwnerForm({ token, organisations, session }: OwnerFormProps) {
  const { t } = useTranslation('entrance');
  const queries = useQueryClient();
  const navigate = useNavigate();
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
  return { form, accept, isFirst };
}
