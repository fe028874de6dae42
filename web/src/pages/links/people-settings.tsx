import { Button, Checkbox, Radio, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { useFieldName } from '../../directory/field-name.ts';
import { Dialog, DialogActions } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/failure.tsx';
import classes from './link-by-hand.module.css';

type Settings = Answer<'GET /api/v1/connections/:id/people-settings'>;

const fields = [
  'first_name',
  'last_name',
  'email',
  'team',
  'designation',
  'location',
  'joining_date',
  'leaving_date',
] as const satisfies Settings['overwrite'][number][];

type PeopleSettingsProps = { readonly connection: string; readonly onClose: () => void };

/** What becomes of new people in Keka, and which fields of employees follow it. */
export function PeopleSettings({ connection, onClose }: PeopleSettingsProps) {
  const { t } = useTranslation('links');
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/connections/:id/people-settings', { params: { id: connection }, query: {} }),
    refetchOnWindowFocus: false,
  });
  return (
    <Dialog isOpen onClose={onClose} title={t('settings.title')}>
      {error !== null ? (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton height={320} />
      ) : (
        <SettingsForm connection={connection} settings={data} onClose={onClose} />
      )}
    </Dialog>
  );
}

type SettingsFormProps = PeopleSettingsProps & { readonly settings: Settings };

function SettingsForm({ connection, settings, onClose }: SettingsFormProps) {
  const { t } = useTranslation('links', { keyPrefix: 'settings' });
  const { t: tDirectory } = useTranslation('directory');
  const fieldName = useFieldName();
  const queries = useQueryClient();
  const [isCreated, setCreated] = useState(settings.newPeople === 'create');
  const [overwrite, setOverwrite] = useState<ReadonlySet<string>>(new Set(settings.overwrite));
  const save = useMutation({
    mutationFn: () =>
      ask('PATCH /api/v1/connections/:id/people-settings', {
        params: { id: connection },
        query: {},
        body: {
          newPeople: isCreated ? 'create' : 'suggest',
          overwrite: fields.filter((field) => overwrite.has(field)),
        },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Radio.Group
        label={t('newPeople')}
        value={isCreated ? 'create' : 'suggest'}
        onChange={(value) => setCreated(value === 'create')}
      >
        <div className={classes.choices}>
          <Radio value="suggest" label={t('suggest')} description={t('suggestHint')} />
          <Radio value="create" label={t('create')} description={t('createHint')} />
        </div>
      </Radio.Group>
      <Checkbox.Group
        label={t('overwrite')}
        description={t('overwriteHint')}
        value={[...overwrite]}
        onChange={(values) => setOverwrite(new Set(values))}
      >
        <div className={classes.days}>
          {fields.map((field) => (
            <Checkbox key={field} value={field} label={fieldName(field)} />
          ))}
        </div>
      </Checkbox.Group>
      {save.error === null ? null : <Failure error={save.error} title={tDirectory('failedSave')} />}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          {tDirectory('cancel')}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {tDirectory('save')}
        </Button>
      </DialogActions>
    </form>
  );
}
