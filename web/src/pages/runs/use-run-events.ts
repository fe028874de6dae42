import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { IntegrationReport } from '../../../../src/contract/integration-report.ts';
import type { RunEventData } from '../../../../src/contract/runs.ts';
import { listen } from '../../api/listen.ts';
import { questionOf } from '../../api/question.ts';

export type Following = {
  /** How many requests fit into this minute's share; null until it is known. */
  readonly budget: Pick<RunEventData, 'requestsLeft' | 'requestsPerMinute'> | null;
  /** Whether what is shown may be older than it seems. */
  readonly isBroken: boolean;
};

const nothing: Following = { budget: null, isBroken: false };
const againMilliseconds = 3000;

/** Follows a run as long as it goes on: what is known of it is renewed as it happens, and read whole when it has ended. */
export function useRunEvents(id: string, isOpen: boolean): Following {
  const queries = useQueryClient();
  const [following, setFollowing] = useState(nothing);
  useEffect(() => {
    if (!isOpen) return undefined;
    const leaving = new AbortController();
    const { queryKey } = questionOf('GET /api/v1/reports/integration', { query: { run: id } });
    void follow(id, leaving.signal, {
      onEvent({ run, ...budget }) {
        setFollowing({ budget, isBroken: false });
        queries.setQueryData<IntegrationReport>(queryKey, (report) =>
          report === undefined ? report : { ...report, run },
        );
        // Its problems, and everything that it has changed.
        if (run.endedAt !== null) void queries.invalidateQueries();
      },
      onBroken: () => setFollowing((now) => ({ ...now, isBroken: true })),
    });
    return () => leaving.abort();
  }, [id, isOpen, queries]);
  return following;
}

type Listener = { readonly onEvent: (data: RunEventData) => void; readonly onBroken: () => void };

async function follow(id: string, signal: AbortSignal, { onEvent, onBroken }: Listener): Promise<void> {
  for (;;) {
    let isOver = false;
    try {
      for await (const { data } of listen(
        'GET /api/v1/runs/:id/events',
        { params: { id }, query: {} },
        signal,
      )) {
        onEvent(data);
        isOver = data.run.endedAt !== null;
      }
    } catch {
      // Told below, and tried again: the server may be starting anew.
    }
    if (isOver || signal.aborted) return;
    onBroken();
    await wait(againMilliseconds, signal);
    if (signal.aborted) return;
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
