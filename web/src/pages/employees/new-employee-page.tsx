import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/ask.ts';
import { DirectoryFrame } from '../../directory/directory-frame.tsx';
import { EmployeeForm } from './employee-form.tsx';
import { noValues } from './employee-values.ts';

const route = getRouteApi('/employees/new');

/** Somebody who is not in the directory yet. */
export function NewEmployeePage() {
  const { t } = useTranslation('employees');
  const navigate = route.useNavigate();
  return (
    <DirectoryFrame title={t('addTitle')} summary={t('addSummary')}>
      <EmployeeForm
        id={null}
        initial={noValues}
        submit={t('add')}
        onSave={(body) => ask('POST /api/v1/employees', { query: {}, body })}
        // Once the form knows that it is saved, it lets go.
        onSaved={({ id }) =>
          requestAnimationFrame(
            () => void navigate({ to: '/employees/$employee', params: { employee: id }, replace: true }),
          )
        }
        onCancel={() => void navigate({ to: '/employees' })}
      />
    </DirectoryFrame>
  );
}
