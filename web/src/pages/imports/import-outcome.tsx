import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportDetails } from '../../../../src/contract/employee-imports.ts';
import { type Answer, ask } from '../../api/ask.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useFormats } from '../../time/use-formats.ts';

const route = getRouteApi('/employees/imports/$import');

/** What can be decided about the file as a whole, and what came of it. */
export function ImportOutcome({ details }: { readonly details: ImportDetails }) {
  const { t } = useTranslation('imports');
  const queries = useQueryClient();
  const { id, state, notUndoable } = details;
  const to = { params: { id }, query: {} };
  const apply = useMutation({
    mutationFn: () => ask('POST /api/v1/employee-imports/:id/apply', to),
    onSuccess: () => queries.invalidateQueries(),
  });
  const undo = useMutation({
    mutationFn: () => ask('POST /api/v1/employee-imports/:id/undo', to),
    onSuccess: () => queries.invalidateQueries(),
  });
  if (state === 'previewed') {
    return (
      <>
        {apply.error === null ? null : <Failure error={apply.error} title={t('applyFailed')} />}
        <Preview details={details} isApplying={apply.isPending} onApply={() => apply.mutate()} />
      </>
    );
  }
  return (
    <>
      {apply.isSuccess && state === 'applied' ? <Applied outcome={apply.data} /> : null}
      {undo.isSuccess ? <Notice tone="success" text={t('undone', { ...undo.data })} isLive /> : null}
      {undo.error === null ? null : <Failure error={undo.error} title={t('undoFailed')} />}
      {state === 'undone' ? null : notUndoable === null ? (
        <Undo isUndoing={undo.isPending} onUndo={() => undo.mutate()} />
      ) : (
        <Notice text={t('notUndoable', { reason: notUndoable })} />
      )}
    </>
  );
}

type PreviewProps = {
  readonly details: ImportDetails;
  readonly isApplying: boolean;
  readonly onApply: () => void;
};

function Preview({ details: { counts }, isApplying, onApply }: PreviewProps) {
  const { t } = useTranslation('imports');
  const formats = useFormats();
  const navigate = route.useNavigate();
  const again = (
    <LinkButton to="/employees/imports" variant="default">
      {t('another')}
    </LinkButton>
  );
  if (counts.refused > 0) {
    return (
      <Notice
        tone="danger"
        title={t('refusedTitle', { count: counts.refused })}
        text={t('refusedText')}
        action={
          <>
            <Button
              variant="default"
              onClick={() => void navigate({ search: { outcome: 'refused' }, replace: true })}
            >
              {t('refusedShow')}
            </Button>
            {again}
          </>
        }
      />
    );
  }
  if (counts.added + counts.changed === 0) {
    return <Notice title={t('sameTitle')} text={t('sameText')} action={again} />;
  }
  return (
    <Notice
      tone="info"
      text={t('counts', {
        added: formats.number(counts.added),
        changed: formats.number(counts.changed),
        unchanged: formats.number(counts.unchanged),
      })}
      action={
        <>
          {again}
          <Button loading={isApplying} onClick={onApply}>
            {t('apply')}
          </Button>
        </>
      }
    />
  );
}

function Applied({ outcome }: { readonly outcome: Answer<'POST /api/v1/employee-imports/:id/apply'> }) {
  const { t } = useTranslation('imports');
  const { added, changed, linked, withoutEmployeeId } = outcome;
  return (
    <Notice
      tone="success"
      text={[
        t('applied', { added, changed }),
        linked === 0 ? null : t('appliedLinked', { count: linked }),
        withoutEmployeeId === 0 ? null : t('appliedWithout', { count: withoutEmployeeId }),
      ]
        .filter((one) => one !== null)
        .join(' ')}
      action={
        <LinkButton to="/employees/links" variant="default">
          {t('seeLinks')}
        </LinkButton>
      }
      isLive
    />
  );
}

type UndoProps = { readonly isUndoing: boolean; readonly onUndo: () => void };

function Undo({ isUndoing, onUndo }: UndoProps) {
  const { t } = useTranslation('imports');
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      <Button variant="default" loading={isUndoing} onClick={() => setAsking(true)}>
        {t('undo')}
      </Button>
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('undoTitle')}>
        <p>{t('undoText')}</p>
        <DialogActions>
          <Button
            color="red"
            variant="default"
            onClick={() => {
              setAsking(false);
              onUndo();
            }}
          >
            {t('undoNow')}
          </Button>
          <Button data-autofocus onClick={() => setAsking(false)}>
            {t('keep')}
          </Button>
        </DialogActions>
      </Dialog>
    </div>
  );
}
