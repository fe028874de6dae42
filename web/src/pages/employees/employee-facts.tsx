import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { EmployeeDetails } from '../../../../src/contract/employees.ts';
import { EmployeeStateChip, stateOf } from '../../directory/employee-state.tsx';
import { Facts } from '../../parts/facts.tsx';
import { ItemList } from '../../parts/item-list.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Notice } from '../../parts/notice.tsx';
import { useMay } from '../../session/session.ts';
import type { Formats } from '../../time/formats.ts';
import { useFormats } from '../../time/use-formats.ts';
import { nameOf } from './employee-columns.tsx';
import classes from './employee-facts.module.css';

type EmployeeFactsProps = { readonly employee: EmployeeDetails };

export function EmployeeFacts({ employee }: EmployeeFactsProps) {
  const { t } = useTranslation('employees');
  const formats = useFormats();
  const { email, phone, manager, joiningDate, leavingDate, tags } = employee;
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <Facts
          level={2}
          title={t('section.who')}
          facts={[
            [t('field.employeeId'), employee.employeeId ?? '–'],
            [t('field.state'), <EmployeeStateChip key="state" state={stateOf(employee)} />],
            [t('field.email'), email === null ? null : <a href={`mailto:${email}`}>{email}</a>],
            [t('field.phone'), phone],
            [t('field.tags'), tags.join(', ')],
            [t('field.origin'), t(`origin.${employee.origin}`)],
          ]}
        />
        <Facts
          level={2}
          title={t('section.work')}
          facts={[
            [t('field.team'), employee.team ?? t('noTeam')],
            [t('field.designation'), employee.designation],
            [t('field.location'), employee.location],
            [
              t('field.manager'),
              manager === null ? null : (
                <Link to="/employees/$employee" params={{ employee: manager.id }}>
                  {manager.name}
                </Link>
              ),
            ],
            [t('field.timeZone'), employee.timeZone],
            [t('field.joiningDate'), joiningDate === null ? null : formats.dateOfYear(joiningDate)],
            [t('field.leavingDate'), leavingDate === null ? null : formats.dateOfYear(leavingDate)],
          ]}
        />
      </div>
      <div className={classes.column}>
        <InKeka employee={employee} />
        {employee.teams.length < 2 ? null : (
          <Facts
            level={2}
            title={t('section.teams')}
            facts={employee.teams.map(({ team, from, to }) => [
              periodText(from, to, t, formats),
              team ?? t('noTeam'),
            ])}
          />
        )}
      </div>
    </div>
  );
}

/** Who this is in Keka, connection by connection. */
function InKeka({ employee }: EmployeeFactsProps) {
  const { t } = useTranslation('employees');
  const { t: tDirectory } = useTranslation('directory');
  const formats = useFormats();
  const mayManage = useMay()('manage the directory');
  const { links, ignoredReason } = employee;
  return (
    <section>
      <h2 className={classes.title}>{t('section.links')}</h2>
      {links.length > 0 ? (
        <ItemList
          label={t('section.links')}
          items={links.map((link) => ({
            key: `${link.connection.id} ${link.sourceGuid}`,
            title: link.name ?? tDirectory('noName'),
            details: [
              link.connection.name,
              link.employeeNumber,
              link.email,
              t(link.madeBy === 'key' ? 'byKey' : 'byHand'),
              link.validFrom === null && link.validTo === null
                ? null
                : periodText(link.validFrom, link.validTo, t, formats),
            ],
          }))}
        />
      ) : (
        <Notice
          tone={ignoredReason === null ? 'warning' : 'neutral'}
          text={ignoredReason === null ? t('notLinked') : t('ignored', { reason: ignoredReason })}
          action={
            mayManage ? (
              <LinkButton
                variant="default"
                size="xs"
                to="/employees/links"
                search={{ q: employee.employeeId ?? nameOf(employee) }}
              >
                {t('findInKeka')}
              </LinkButton>
            ) : undefined
          }
        />
      )}
    </section>
  );
}

function periodText(
  from: string | null,
  to: string | null,
  t: TFunction<'employees'>,
  formats: Formats,
): string {
  if (from === null) return to === null ? t('always') : t('until', { date: formats.dateOfYear(to) });
  if (to === null) return t('since', { date: formats.dateOfYear(from) });
  return t('between', { from: formats.dateOfYear(from), to: formats.dateOfYear(to) });
}
