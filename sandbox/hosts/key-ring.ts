import type { KeySettings, Privilege } from '../scenario/tenant-schema.ts';

export type KeyChanges = {
  readonly expiresAt?: Temporal.Instant | null;
  readonly revoked?: boolean;
  readonly privileges?: readonly Privilege[];
};

export type KeyRing = {
  all(): readonly KeySettings[];
  find(name: string): KeySettings | null;
  /** False when no key has this name. */
  change(name: string, changes: KeyChanges): boolean;
  isAlive(key: KeySettings): boolean;
};

export function createKeyRing(settings: readonly KeySettings[], now: () => Temporal.Instant): KeyRing {
  const keys = new Map(settings.map((key) => [key.name, key]));
  return {
    all: () => [...keys.values()],
    find: (name) => keys.get(name) ?? null,
    change: (name, changes) => {
      const key = keys.get(name);
      if (key === undefined) return false;
      const { privileges, ...rest } = changes;
      keys.set(name, { ...key, ...rest, privileges: [...(privileges ?? key.privileges)] });
      return true;
    },
    isAlive: ({ revoked, expiresAt }) =>
      !revoked && (expiresAt === null || Temporal.Instant.compare(now(), expiresAt) < 0),
  };
}
