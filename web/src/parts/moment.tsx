import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../time/use-formats.ts';
import classes from './moment.module.css';

type MomentProps = {
  readonly instant: string;
  /** The organisation's zone, in which it is shown. */
  readonly zone: string;
  readonly show?: 'moment' | 'time';
};

/** A moment in the organisation's time; pointing at it or focusing it tells the same in UTC and where the reader is. */
export function Moment({ instant, zone, show = 'moment' }: MomentProps) {
  const formats = useFormats();
  const { t } = useTranslation('time');
  const own = Temporal.Now.timeZoneId();
  const label = (
    <>
      <div>{t('utc', { time: formats.moment(instant, 'UTC') })}</div>
      <div>{t('yours', { time: formats.moment(instant, own), zone: own })}</div>
    </>
  );
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the tooltip must be reachable by keyboard */}
      <time dateTime={instant} tabIndex={0} className={classes.moment}>
        {formats[show](instant, zone)}
      </time>
    </Tooltip>
  );
}
