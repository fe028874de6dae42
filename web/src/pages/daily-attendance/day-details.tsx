import { useTranslation } from 'react-i18next';
import type { DailyRow, ReportPunch } from '../../../../src/contract/daily-report.ts';
import { DayBar } from '../../attendance/day-bar.tsx';
import type { DayScale } from '../../attendance/day-scale.ts';
import { dayTypeKey } from '../../attendance/day-type-key.ts';
import { useFlagWord } from '../../attendance/flag-word.ts';
import { PunchTime } from '../../attendance/punch-time.tsx';
import { StatusChip } from '../../attendance/status-chip.tsx';
import { Facts } from '../../parts/facts.tsx';
import { LinkButton } from '../../parts/link-button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useMay } from '../../session/session.ts';
import { useFormats } from '../../time/use-formats.ts';
import classes from './day-details.module.css';
import { DayNote } from './day-note.tsx';

type DayDetailsProps = { readonly row: DailyRow; readonly zone: string; readonly scale: DayScale };

export function DayDetails({ row, zone, scale }: DayDetailsProps) {
  const { t } = useTranslation('daily');
  const { t: word } = useTranslation('attendance');
  const formats = useFormats();
  const flagWord = useFlagWord();
  const { dayType } = row;
  const minutes = (value: number | null) => (value === null ? null : formats.duration(value));
  return (
    <div className={classes.details}>
      <p className={classes.who}>{[row.employeeId, row.team, row.designation].filter(Boolean).join(' · ')}</p>
      <p className={classes.day}>
        <StatusChip status={row.status} dayType={dayType} />
        <span>{formats.longDate(row.date)}</span>
      </p>
      <WhoIsThis row={row} />
      <DayNote key={`${row.date} ${row.employeeId ?? ''}`} row={row} />
      <DayBar row={row} scale={scale} />
      <Facts
        title={t('drawer.punches')}
        facts={[
          [t('drawer.firstIn'), <Punch key="in" punch={row.firstIn} zone={zone} />],
          [t('drawer.lastOut'), <Punch key="out" punch={row.lastOut} zone={zone} />],
          [
            t('drawer.shift'),
            row.shiftStart === null || row.shiftEnd === null
              ? t('drawer.noShift')
              : `${formats.time(row.shiftStart, zone)} – ${formats.time(row.shiftEnd, zone)}`,
          ],
          [
            t('drawer.dayType'),
            dayType === null ? null : word(`dayType.${dayTypeKey(dayType)}`, { number: dayType }),
          ],
        ]}
      />
      <Facts
        title={t('drawer.hours')}
        facts={[
          [t('column.effective'), minutes(row.effectiveMinutes)],
          [t('column.gross'), minutes(row.grossMinutes)],
          [t('column.break'), minutes(row.breakMinutes)],
          [t('column.expected'), minutes(row.expectedMinutes)],
          [t('column.late'), minutes(row.lateMinutes)],
          [t('column.earlyOut'), minutes(row.earlyOutMinutes)],
          [t('drawer.overtime'), minutes(row.overtimeMinutes)],
        ]}
      />
      {row.flags.length === 0 ? null : (
        <section>
          <h3 className={classes.heading}>{t('drawer.flags')}</h3>
          <ul className={classes.flags}>
            {row.flags.map((flag) => (
              <li key={flag}>{flagWord(flag, row.leavingDate)}</li>
            ))}
          </ul>
        </section>
      )}
      <InKeka row={row} zone={zone} />
    </div>
  );
}

function InKeka({ row, zone }: Pick<DayDetailsProps, 'row' | 'zone'>) {
  const { t } = useTranslation('daily');
  return (
    <Facts
      title={t('drawer.keka')}
      facts={[
        [t('column.employeeNumber'), row.employeeNumber],
        [t('column.connection'), row.connection],
        [t('drawer.record'), row.sourceGuid],
        [t('column.email'), row.email],
        [t('column.location'), row.location],
        [
          t('drawer.readAt'),
          row.lastFetchedAt === null ? (
            t('drawer.never')
          ) : (
            <Moment key="at" instant={row.lastFetchedAt} zone={zone} />
          ),
        ],
      ]}
    />
  );
}

function Punch({ punch, zone }: { readonly punch: ReportPunch | null; readonly zone: string }) {
  const { t } = useTranslation('daily');
  if (punch === null) return t('drawer.none');
  const { logSource, premise, dayOffset } = punch;
  const source =
    logSource === null
      ? null
      : logSource === 0
        ? t('drawer.device')
        : logSource === 1
          ? t('drawer.web')
          : t('drawer.source', { number: logSource });
  return (
    <>
      <Moment instant={punch.instant} zone={zone} show="time" />
      {dayOffset === 0 ? null : (
        <>
          {' '}
          (<PunchTime punch={punch} />)
        </>
      )}
      <span className={classes.soft}>{[premise, source].filter(Boolean).map((part) => ` · ${part}`)}</span>
    </>
  );
}

/** The way to linking somebody in Keka who is nobody in the directory so far. */
function WhoIsThis({ row: { status, flags, employeeNumber, name } }: Pick<DayDetailsProps, 'row'>) {
  const { t } = useTranslation('daily');
  const may = useMay();
  const words = employeeNumber ?? name;
  const isUnknown = status === 'not_linked' || flags.includes('not_linked');
  if (!isUnknown || words === null || !may('manage the directory')) return null;
  return (
    <p className={classes.day}>
      <LinkButton to="/employees/links" search={{ q: words }} variant="default" size="xs">
        {t('drawer.link')}
      </LinkButton>
    </p>
  );
}
