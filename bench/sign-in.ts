import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invite } from '../src/accounts/invitations/invite.ts';
import { changeMember } from '../src/accounts/members/change-member.ts';
import { listMembers } from '../src/accounts/members/list-members.ts';
import { createOrganisation } from '../src/accounts/organisations.ts';
import { thisUser } from '../src/cli/command-line.ts';
import { exitCodes, type Terminal, writeJson, writeText } from '../src/cli/terminal.ts';
import { type Clock, systemClock } from '../src/clock/clock.ts';
import { readSettings } from '../src/config/read-settings.ts';
import { createHttpServer } from '../src/http/create-server.ts';
import { listen } from '../src/http/serve-http.ts';
import { type Installation, openInstallation } from '../src/installation.ts';
import { createLog } from '../src/log/log.ts';

const largestFactor = 1.3;
const rounds = 40;
const password = 'a-password-of-the-bench-7';

/**
 * Whether the time of a refusal tells if a name exists: sign-in with a wrong password for a name that is known, one that
 * is known and disabled (with its right password), and one that nobody has, in turn. The medians must lie within 1.3.
 */
export async function run(args: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-bench-'));
  const clock = createHurryingClock();
  const settings = readSettings({ HAJIRI_DATA_DIR: folder, HAJIRI_LOG_LEVEL: 'silent' });
  const installation = await openInstallation({
    settings,
    clock,
    log: createLog('silent'),
    claim: 'exclusive',
  });
  const server = await createHttpServer(installation, { accessToken: null });
  try {
    const origin = await listen(server, 0);
    const names = await prepare(installation, origin);
    const times = await measure(origin, names, clock, signal);
    return tell(terminal, times, args.includes('--json'));
  } finally {
    await server.close();
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Kind = 'known' | 'disabled' | 'unknown';
type Times = Record<Kind, number[]>;

/** Refusals are counted for a quarter of an hour: that passes between two rounds. */
function createHurryingClock(): Clock & { hurry(): void } {
  let ahead = Temporal.Duration.from({ seconds: 0 });
  return {
    ...systemClock,
    now: () => systemClock.now().add(ahead),
    hurry() {
      ahead = ahead.add({ minutes: 16 });
    },
  };
}

async function prepare(installation: Installation, origin: string): Promise<Record<Kind, () => string>> {
  const { kysely, clock } = installation;
  const organisation = await createOrganisation(kysely, clock, { name: 'Bench', zone: 'UTC' });
  const context = { kysely, clock, organisation, ...thisUser() };
  for (const email of ['known@bench.example', 'disabled@bench.example']) {
    const { token } = await invite(context, { email, membership: { role: 'auditor' } });
    await post(origin, '/api/v1/invitation/accept', { token, account: { name: 'Somebody', password } }, 200);
  }
  const members = await listMembers(context);
  const disabled = members.find(({ email }) => email.startsWith('disabled'));
  if (disabled !== undefined) await changeMember(context, disabled.id, { state: 'disabled' });
  return {
    known: () => 'known@bench.example',
    disabled: () => 'disabled@bench.example',
    unknown: () => `${randomBytes(8).toString('hex')}@bench.example`,
  };
}

async function measure(
  origin: string,
  names: Record<Kind, () => string>,
  clock: { hurry(): void },
  signal: AbortSignal,
): Promise<Times> {
  const times: Times = { known: [], disabled: [], unknown: [] };
  const kinds = ['known', 'disabled', 'unknown'] as const;
  // The first rounds warm everything up and do not count.
  for (let round = -4; round < rounds; round += 1) {
    signal.throwIfAborted();
    clock.hurry();
    for (let turn = 0; turn < kinds.length; turn += 1) {
      // Nobody is always first.
      const kind = kinds[(turn + round + kinds.length * rounds) % kinds.length] ?? 'known';
      const given = kind === 'disabled' ? password : 'not-the-password-at-all';
      const begun = performance.now();
      await post(origin, '/api/v1/session', { email: names[kind](), password: given }, 401);
      if (round >= 0) times[kind].push(performance.now() - begun);
    }
  }
  return times;
}

async function post(origin: string, path: string, body: object, status: number): Promise<void> {
  const response = await fetch(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(body),
  });
  await response.text();
  if (response.status !== status) throw new Error(`${path} answered ${response.status}`);
}

function tell(terminal: Terminal, times: Times, asJson: boolean): number {
  const medians = Object.entries(times).map(([kind, values]) => ({ kind, milliseconds: medianOf(values) }));
  const all = medians.map(({ milliseconds }) => milliseconds);
  const factor = Math.max(...all) / Math.min(...all);
  if (asJson) writeJson(terminal, { medians, factor, largestFactor });
  else {
    const lines = medians.map(({ kind, milliseconds }) => `${kind.padEnd(9)}${milliseconds.toFixed(1)} ms`);
    writeText(terminal, `${lines.join('\n')}\nfactor   ${factor.toFixed(2)} (at most ${largestFactor})\n`);
  }
  return factor <= largestFactor ? exitCodes.success : exitCodes.failure;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
