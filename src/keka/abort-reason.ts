/** What to reject with when `signal` is aborted: its reason, or an error in its place when it is not one. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('aborted');
}
