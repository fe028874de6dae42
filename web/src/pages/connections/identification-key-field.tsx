import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Connection, IdentificationKey, KeySample } from '../../../../src/contract/connections.ts';
import { FormSection } from '../../parts/form/form-section.tsx';
import { useFormats } from '../../time/use-formats.ts';
import classes from './choice-list.module.css';
import type { ConnectionForm } from './use-connection-form.ts';

type IdentificationKeyFieldProps = {
  /** What is stored; null for a new one. */
  readonly connection: Pick<Connection, 'id' | 'identificationKey'> | null;
  readonly form: ConnectionForm;
  /** How each key would fit, once a test has seen the company's people. */
  readonly samples: readonly KeySample[] | null;
};

const keys: readonly IdentificationKey[] = ['employee_number', 'attendance_number', 'email', 'guid'];

/** Which field in Keka is compared with Employee ID. After a test, each shows what it looks like here and how many fit. */
export function IdentificationKeyField({ connection, form, samples }: IdentificationKeyFieldProps) {
  const { t } = useTranslation('connections');
  const formats = useFormats();
  return (
    <FormSection title={t('form.matching')} hint={t('form.matchingHint')}>
      <div className={classes.list}>
        {keys.map((key) => {
          const sample = samples?.find((one) => one.key === key);
          return (
            <label key={key} className={classes.choice}>
              <input
                type="radio"
                name="identification-key"
                value={key}
                checked={form.values.identificationKey === key}
                onChange={() => form.set({ identificationKey: key })}
              />
              <span className={classes.words}>
                <span className={classes.name}>{t(`key.${key}`)}</span>{' '}
                <span className={classes.hint}>
                  {sample === undefined
                    ? t(`keyHint.${key}`)
                    : sample.example === null
                      ? t('keyNone')
                      : t('keyExample', { example: sample.example })}
                </span>
              </span>
              {sample === undefined ? null : (
                <span className={classes.fit} data-fits={sample.matched > 0}>
                  {t('keyMatches', {
                    matched: formats.number(sample.matched),
                    of: formats.number(sample.of),
                  })}
                </span>
              )}
            </label>
          );
        })}
      </div>
      {connection === null || connection.identificationKey === form.values.identificationKey ? null : (
        <p className={classes.note}>
          <Link to="/employees/links" search={{ connection: connection.id, view: 'key' }}>
            {t('keyPreview')}
          </Link>
        </p>
      )}
    </FormSection>
  );
}
