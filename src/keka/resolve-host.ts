import { lookup } from 'node:dns/promises';
import { abortReason } from './abort-reason.ts';
import { KekaError } from './keka-error.ts';
import { classifyNetworkError } from './network-fault.ts';

/** Whether the system knows an address for that host. Throws KekaError, and the signal's reason. */
export async function resolveHost(hostname: string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  // A question to the resolver cannot be taken back; its answer is then of no interest.
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(abortReason(signal));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([lookup(hostname.replaceAll(/^\[|\]$/g, '')), aborted]);
  } catch (error) {
    signal.throwIfAborted();
    const { code, systemCode } = classifyNetworkError(error);
    throw new KekaError(code, `${hostname} could not be found (DNS)`, {
      details: { host: hostname, systemCode },
    });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
