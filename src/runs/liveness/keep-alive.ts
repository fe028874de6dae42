import type { OrganisationContext } from '../../accounts/organisation-context.ts';
import { HajiriError } from '../../errors/hajiri-error.ts';
import { type Lease, renewLease } from '../run-lease.ts';
import type { RunProgress } from '../run-progress.ts';

const heartbeatMilliseconds = 2000;

export type Heartbeat = {
  /** Aborted when the run is no longer this process's to do: taken for dead and ended, or cancelled. */
  readonly signal: AbortSignal;
  stop(): Promise<void>;
};

/**
 * Gives a sign of life every two seconds, with the progress, until it is told to stop. A sign that fails is tried again
 * at the next beat: a database that is away for a moment does not end a run.
 */
export function keepAlive(
  context: OrganisationContext,
  lease: Lease,
  progress: () => RunProgress,
): Heartbeat {
  const stopping = new AbortController();
  const over = new AbortController();

  async function beat(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await context.clock.sleep(heartbeatMilliseconds, stopping.signal);
        const state = await renewLease(context, lease, JSON.stringify(progress()));
        if (state === 'lost')
          over.abort(new HajiriError('interrupted', 'Another process took this fetch for dead.'));
        if (state === 'cancelled') over.abort(new HajiriError('cancelled', 'Somebody cancelled this fetch.'));
      } catch {
        // Stopped, or the database is away for a moment: the run itself will say so if it stays away.
      }
    }
  }

  const beating = beat();
  return {
    signal: over.signal,
    stop: async () => {
      stopping.abort();
      await beating;
    },
  };
}
