import { lchown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Who runs the PostgreSQL programs. PostgreSQL refuses to run as root; then they run as another user, while Hajiri
 * itself stays root.
 */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

export function spawnIdentity(runAs: RunAs): { uid?: number; gid?: number } {
  return runAs.kind === 'self' ? {} : { uid: runAs.uid, gid: runAs.gid };
}

/** The user id that owns what PostgreSQL must read and write. */
export function ownerId(runAs: RunAs): number | undefined {
  return runAs.kind === 'self' ? process.getuid?.() : runAs.uid;
}

/** Hands one file or folder to the user of the PostgreSQL programs. */
export async function giveTo(runAs: RunAs, path: string): Promise<void> {
  if (runAs.kind === 'user') await lchown(path, runAs.uid, runAs.gid);
}

/** Hands a whole folder over; it costs a walk through the tree, so only where the owner is wrong. */
export async function giveTreeTo(runAs: RunAs, folder: string): Promise<void> {
  if (runAs.kind === 'self' || (await lstat(folder)).uid === runAs.uid) return;
  for (const name of await readdir(folder, { recursive: true })) {
    await lchown(join(folder, name), runAs.uid, runAs.gid);
  }
  // Last, so that a walk that was interrupted is done again.
  await lchown(folder, runAs.uid, runAs.gid);
}
