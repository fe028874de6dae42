import type { Overview } from '../../../../src/contract/overview.ts';
import { AttentionList } from './attention-list.tsx';
import { ConnectionTable } from './connection-table.tsx';
import { CoverageCalendar } from './coverage-calendar.tsx';
import { KeyNotices } from './key-notices.tsx';
import classes from './overview-view.module.css';
import { PresenceTrend } from './presence-trend.tsx';
import { StandingNotice } from './standing-notice.tsx';

export function OverviewView({ overview }: { readonly overview: Overview }) {
  const { connections, attention, trend, zone, today } = overview;
  return (
    <>
      <StandingNotice overview={overview} />
      <KeyNotices connections={overview.connections} zone={overview.zone} />
      {connections.length === 0 ? null : (
        <>
          <ConnectionTable connections={connections} zone={zone} />
          <div className={classes.columns}>
            <AttentionList attention={attention} />
            <div className={classes.column}>
              <CoverageCalendar today={today} />
              <PresenceTrend trend={trend} />
            </div>
          </div>
        </>
      )}
    </>
  );
}
