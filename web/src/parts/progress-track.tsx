import classes from './progress-track.module.css';

type ProgressTrackProps = {
  readonly label: string;
  /** From 0 to 1; null while it is not known. */
  readonly share: number | null;
};

/** How far something is. */
export function ProgressTrack({ label, share }: ProgressTrackProps) {
  return (
    <div
      className={classes.track}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(share === null ? {} : { 'aria-valuenow': Math.round(share * 100) })}
    >
      <svg className={classes.fill} viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect width={(share ?? 0) * 100} height="1" />
      </svg>
    </div>
  );
}
