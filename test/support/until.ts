/** Gives the event loop turns until `condition` holds. The test's own time limit ends a wait that is in vain. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
}

/** As `until`, for a condition that has to be asked for. */
export async function untilTrue(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    const { promise, resolve } = Promise.withResolvers<void>();
    setImmediate(resolve);
    await promise;
  }
}
