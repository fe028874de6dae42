import { beforeStart, progressAfter, type RunEvent, type RunProgress } from '../runs/run-progress.ts';
import type { Terminal } from './terminal.ts';

export type ProgressDisplay = { readonly onEvent: (event: RunEvent) => void; readonly end: () => void };

/** A bar that rewrites its line on a terminal; lines of JSON, for a program or a log, otherwise. */
export function showProgress(terminal: Terminal): ProgressDisplay {
  return terminal.isInteractive ? drawBar(terminal) : writeLines(terminal);
}

function drawBar(terminal: Terminal): ProgressDisplay {
  let progress = beforeStart;
  return {
    onEvent(event) {
      progress = progressAfter(progress, event);
      terminal.tell(`\r\u001B[2K${barText(progress)}`);
    },
    end: () => terminal.tell('\r\u001B[2K'),
  };
}

const barWidth = 24;

function barText(progress: RunProgress): string {
  const { step, pagesDone, pages, chunksDone, chunks, records, waitingMilliseconds } = progress;
  const filled = pages === 0 ? 0 : Math.round((barWidth * pagesDone) / pages);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`;
  const parts = [`${step} ${bar}`, `page ${pagesDone} of ${pages === 0 ? '?' : pages}`, `${records} days`];
  if (chunks > 1) parts.push(`part ${Math.min(chunksDone + 1, chunks)} of ${chunks}`);
  if (waitingMilliseconds > 0)
    parts.push(`waiting ${Math.ceil(waitingMilliseconds / 1000)} s for Keka's limit`);
  return parts.join(' · ');
}

function writeLines(terminal: Terminal): ProgressDisplay {
  let progress = beforeStart;
  return {
    onEvent(event) {
      progress = progressAfter(progress, event);
      terminal.tell(`${JSON.stringify({ progress })}\n`);
    },
    end: () => {},
  };
}
