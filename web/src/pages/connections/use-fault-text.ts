import { useTranslation } from 'react-i18next';
import type { FieldName } from './form-values.ts';
import type { ConnectionForm } from './use-connection-form.ts';

/** What is wrong with a field, in words; undefined when nothing is. */
export function useFaultText(form: ConnectionForm): (field: FieldName, name: string) => string | undefined {
  const { t } = useTranslation('connections');
  return (field, name) => {
    const fault = form.faultOf(field);
    if (fault === null) return undefined;
    return 'name' in fault ? t(`fault.${fault.name}`, { field: name }) : `${name}: ${fault.reason}`;
  };
}
