import { readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { z } from 'zod';
import { isStillRunning, lookUpProcess } from '../processes/process-identity.ts';

const ownerSchema = z.object({
  host: z.string(),
  /** Whose pids these are: two containers may have the same host name, and both have a process 1. */
  space: z.string().nullable().default(null),
  pid: z.number(),
  birth: z.string().nullable(),
});

let own: Promise<string> | null = null;

/** This process, as text: on the same machine it can be asked whether it lives, without waiting for a lease. */
export function describeOwner(): Promise<string> {
  own ??= describeThisProcess();
  return own;
}

async function describeThisProcess(): Promise<string> {
  const state = await lookUpProcess(process.pid);
  return JSON.stringify({
    host: hostname(),
    space: await pidSpace(),
    pid: process.pid,
    birth: state.kind === 'alive' ? state.birth : null,
  });
}

/** Null where the system has no such thing, or does not tell. */
function pidSpace(): Promise<string | null> {
  return readlink('/proc/self/ns/pid').catch(() => null);
}

/** Whether the process lives, or `unknown` where it is on another machine or in another container. */
export async function askOwner(owner: string): Promise<'alive' | 'dead' | 'unknown'> {
  const { host, space, pid, birth } = ownerSchema.parse(JSON.parse(owner));
  if (host !== hostname() || space !== (await pidSpace())) return 'unknown';
  return (await isStillRunning({ pid, birth })) ? 'alive' : 'dead';
}
