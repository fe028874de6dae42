import type { ReactNode } from 'react';
import { Mark, type MarkShape } from './mark.tsx';
import classes from './notice.module.css';

export type NoticeTone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

type NoticeProps = {
  readonly tone?: NoticeTone;
  readonly title?: ReactNode;
  readonly text?: ReactNode;
  /** What to do next. Every notice that stands instead of content has one. */
  readonly action?: ReactNode;
  /** Read out at once when it appears, as after something that the reader did. */
  readonly isLive?: boolean;
};

const shapes: Readonly<Record<NoticeTone, MarkShape>> = {
  neutral: 'ring',
  info: 'info',
  success: 'tick',
  warning: 'triangle',
  danger: 'cross',
};

/** What happened, and what to do. Tone is told by shape and colour. */
export function Notice({ tone = 'neutral', title, text, action, isLive = false }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} {...(isLive ? { role: 'status' } : {})}>
      <span className={classes.mark}>
        <Mark shape={shapes[tone]} />
      </span>
      <div className={classes.words}>
        {title === undefined ? null : <p className={classes.title}>{title}</p>}
        {text === undefined ? null : <div className={classes.text}>{text}</div>}
      </div>
      {action === undefined ? null : <div className={classes.action}>{action}</div>}
    </div>
  );
}
