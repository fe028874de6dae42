import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { Clock } from '../clock/clock.ts';
import { errorCode } from '../errors/error-code.ts';

/** SQLSTATE of a server, or a role, that has as many connections as it may have. Others give theirs back soon. */
const tooManyConnections = '53300';
const patienceMilliseconds = 30_000;
const firstPauseMilliseconds = 50;
const longestPauseMilliseconds = 1000;

type Connected = (error: Error | undefined, client?: PoolClient, release?: PoolClient['release']) => void;

/**
 * A pool that waits, up to half a minute, when the server has no connection left for it: several processes on one
 * server, and other programs beside them, may together want more than there are for a moment. Without it a run would
 * fail for a reason that is gone a second later.
 */
export class PatientPool extends Pool {
  readonly #clock: Clock;

  constructor(config: PoolConfig, clock: Clock) {
    super(config);
    this.#clock = clock;
  }

  // pg's own declaration has two overloads for what is one function at run time; `query` calls it with a callback.
  override connect = ((connected?: Connected): Promise<PoolClient> | undefined => {
    const connecting = this.#connectPatiently();
    if (connected === undefined) return connecting;
    connecting.then(
      // A client releases without `this`: the pool gives each one a function of its own.
      (client) => connected(undefined, client, (problem) => client.release(problem)),
      (error: Error) => connected(error, undefined, () => {}),
    );
    return undefined;
  }) as Pool['connect'];

  async #connectPatiently(): Promise<PoolClient> {
    const until = this.#clock.now().add({ milliseconds: patienceMilliseconds });
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
      try {
        return await super.connect();
      } catch (error) {
        const isOver = Temporal.Instant.compare(this.#clock.now(), until) >= 0;
        if (errorCode(error) !== tooManyConnections || isOver || this.ending) throw error;
        await this.#clock.sleep(pause);
      }
    }
  }
}
