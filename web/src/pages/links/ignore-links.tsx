import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Link } from '../../../../src/contract/links.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { focusFirstFault } from '../../parts/form/faults-of.ts';
import { ignoring } from './link-facts.ts';
import { useNameOf } from './link-row.tsx';
import type { Decisions } from './use-decisions.ts';

type IgnoreLinksProps = {
  readonly links: readonly Link[];
  readonly decisions: Decisions;
  readonly onClose: () => void;
};

/** Says why somebody needs no link. */
export function IgnoreLinks({ links, decisions: { decide }, onClose }: IgnoreLinksProps) {
  const { t } = useTranslation('links');
  const { t: tDirectory } = useTranslation('directory');
  const nameOf = useNameOf();
  const [reason, setReason] = useState('');
  const [isMissing, setMissing] = useState(false);
  const [first] = links;
  const submit = () => {
    setMissing(reason.trim() === '');
    if (reason.trim() === '') return focusFirstFault();
    decide.mutate(links.flatMap((link) => ignoring(link, reason.trim())));
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('ignoreTitle', { count: links.length, name: first === undefined ? '' : nameOf(first) })}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>{t('ignoreText')}</p>
        <TextInput
          mt="sm"
          label={t('ignoreReason')}
          description={t('ignoreReasonHint')}
          value={reason}
          maxLength={500}
          onChange={({ currentTarget: { value } }) => setReason(value)}
          error={isMissing ? t('reasonNeeded') : undefined}
          data-autofocus
        />
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            {tDirectory('cancel')}
          </Button>
          <Button type="submit">{t('ignore')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
