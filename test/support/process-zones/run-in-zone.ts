import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** East and west of Greenwich, and on it. */
export const processZones = ['UTC', 'Asia/Kolkata', 'America/New_York'] as const;

/** Runs a program of this folder in a process whose own zone is `zone`, and resolves with the JSON that it prints. */
export async function runInZone(program: string, zone: string, input = ''): Promise<unknown> {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const running = promisify(execFile)(process.execPath, [path], { env: { ...process.env, TZ: zone } });
  running.child.stdin?.end(input);
  const { stdout } = await running;
  return JSON.parse(stdout);
}
