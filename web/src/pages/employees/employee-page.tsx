import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EmployeeDetails } from '../../../../src/contract/employees.ts';
import { hasCode } from '../../api/api-problem.ts';
import { ask } from '../../api/ask.ts';
import { questionOf } from '../../api/question.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { Failure } from '../../parts/failure.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../../session/session.ts';
import { nameOf } from './employee-columns.tsx';
import { EmployeeFacts } from './employee-facts.tsx';
import { EmployeeForm } from './employee-form.tsx';
import { valuesOf } from './employee-values.ts';

const route = getRouteApi('/employees/$employee');

/** One employee: what is known, the teams by date, and who it is in Keka. */
export function EmployeePage() {
  const { employee: id } = route.useParams();
  const { t } = useTranslation('employees');
  const { data, error, refetch } = useQuery({
    ...questionOf('GET /api/v1/employees/:id', { params: { id }, query: {} }),
    // Nobody's typing is overwritten because the window was looked at again.
    refetchOnWindowFocus: false,
  });
  if (data !== undefined) return <KnownEmployee key={data.id} employee={data} />;
  return (
    <DirectoryFrame title={t('title')} summary=" ">
      {error === null ? (
        <Skeleton height={420} />
      ) : hasCode(error, 'not_found', 'invalid_input') ? (
        <Notice
          title={t('unknownTitle')}
          text={t('unknownText')}
          action={<LinkButton to="/employees">{t('toList')}</LinkButton>}
        />
      ) : (
        <Failure error={error} title={t('failedTitle')} onRetry={() => void refetch()} />
      )}
    </DirectoryFrame>
  );
}

function KnownEmployee({ employee }: { readonly employee: EmployeeDetails }) {
  const { t } = useTranslation('employees');
  const { t: tDirectory } = useTranslation('directory');
  const mayManage = useMay()('manage the directory');
  const [mode, setMode] = useState<'shown' | 'changed' | 'saved'>('shown');
  const name = nameOf(employee);
  const summary = [employee.employeeId, employee.designation, employee.team]
    .filter((part) => part !== null)
    .join(' · ');
  if (mode === 'changed') {
    return (
      <DirectoryFrame title={t('editTitle', { name })} summary={summary || ' '}>
        <EmployeeForm
          id={employee.id}
          initial={valuesOf(employee)}
          submit={tDirectory('save')}
          onSave={(body) =>
            ask('PATCH /api/v1/employees/:id', { params: { id: employee.id }, query: {}, body })
          }
          onSaved={() => setMode('saved')}
          onCancel={() => setMode('shown')}
        />
      </DirectoryFrame>
    );
  }
  const daysOf = employee.employeeId ?? name;
  return (
    <DirectoryFrame
      title={name}
      summary={summary || ' '}
      actions={
        <>
          <LinkButton to="/daily-attendance" search={{ q: daysOf }} variant="default">
            {t('days')}
          </LinkButton>
          {mayManage ? <Button onClick={() => setMode('changed')}>{t('edit')}</Button> : null}
        </>
      }
    >
      {mode === 'saved' ? <Notice tone="success" text={t('saved')} isLive /> : null}
      <EmployeeFacts employee={employee} />
    </DirectoryFrame>
  );
}
