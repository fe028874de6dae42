import { TextInput } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../api/api-problem.ts';
import { addressIn } from '../../api/ask.ts';
import { useFieldName } from '../../directory/field-name.ts';
import { Failure } from '../../parts/failure.tsx';
import { Notice } from '../../parts/notice.tsx';
import classes from './choose-file.module.css';
import { uploadFile } from './upload-file.ts';

/** A file that is chosen is read at once, and leads to its preview. */
export function ChooseFile() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [teamFrom, setTeamFrom] = useState('');
  const [isOver, setOver] = useState(false);
  const hint = useId();
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(file, teamFrom),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries();
      await navigate({ to: '/employees/imports/$import', params: { import: id } });
    },
  });
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file !== undefined) upload.mutate(file);
  };
  return (
    <div className={classes.choose}>
      <label className={classes.drop} data-over={isOver ? '' : undefined}>
        <IconUpload size={20} stroke={1.6} aria-hidden="true" />
        <span className={classes.words} aria-live="polite">
          {upload.isPending ? t('reading', { name: upload.variables.name }) : t('choose')}
        </span>
        <input
          type="file"
          className={classes.input}
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          aria-describedby={hint}
          disabled={upload.isPending}
          // What is dropped on it counts as chosen: the browser sees to that.
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
          onChange={({ currentTarget }) => {
            take(currentTarget.files);
            // The same file can be chosen again after it was mended.
            currentTarget.value = '';
          }}
        />
      </label>
      <p id={hint} className={classes.hint}>
        {t('fileHint')}{' '}
        <a href={addressIn('GET /api/v1/employees/export', { query: { format: 'csv' } })} download>
          {t('template')}
        </a>
      </p>
      <TextInput
        type="date"
        label={t('teamFrom')}
        description={t('teamFromHint')}
        maw="24rem"
        value={teamFrom}
        onChange={({ currentTarget: { value } }) => setTeamFrom(value)}
      />
      <ReadFault error={upload.error} />
    </div>
  );
}

/** What is wrong with the file as a whole, in the words of its columns. */
function ReadFault({ error }: { readonly error: unknown }) {
  const { t } = useTranslation('imports');
  const fieldName = useFieldName();
  if (error === null) return null;
  const faults = error instanceof ApiProblem ? error.faults : [];
  if (faults.length === 0) return <Failure error={error} title={t('readFailed')} />;
  return (
    <Notice
      tone="danger"
      title={t('readFailed')}
      text={faults.slice(0, 10).map(({ field, reason }) => (
        <p key={`${field} ${reason}`}>
          {field === 'file' ? t('file') : fieldName(field)} {reason}
        </p>
      ))}
      isLive
    />
  );
}
