import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { useStages } from '../support/case-stage.ts';
import { until } from '../support/until.ts';
import { openWorkerStage, type StartedWorker, type WorkerStage } from '../support/worker-stage.ts';
import { type Dice, throwDice } from './dice.ts';
import { ages, type Judged, judge, judgeRows, requestsPerMinute, zone } from './judge.ts';
import { createKekaYear, type KekaYear } from './keka-year.ts';
import { arrange, chooseMishap, jumpClock, type Mishap } from './mishaps.ts';
import { watchServedDates } from './served-dates.ts';

/**
 * A year of one company, with everything that a year brings, under one clock. After every morning a judge who knows
 * nothing of the engine compares what Keka told with what is stored, and what was promised with what was done.
 */

const stages = useStages();
const people = 12;
const seed = 20_260_101;

/** By this the connections of the workers are told from those of the judge. */
const workersName = 'worker';

type Plan = { readonly at: string; readonly zone: string; readonly autoRun: boolean };

/** From the evening of a date on. 02:30 is skipped on 8 March; 01:30 comes twice on 1 November. */
const edits: Readonly<Record<string, Plan>> = {
  '2026-05-10': { at: '02:30', zone, autoRun: false },
  '2026-05-14': { at: '02:30', zone, autoRun: true },
  // 23:00 of the day before in New York: yesterday is another date there.
  '2026-06-20': { at: '08:30', zone: 'Asia/Kolkata', autoRun: true },
  '2026-07-10': { at: '02:30', zone, autoRun: true },
  '2026-09-15': { at: '01:30', zone, autoRun: true },
};
/** On a date whose clock never shows the time it is due at the end of the gap. */
const skipped: Readonly<Record<string, string>> = { '2026-03-08 02:30': '2026-03-08T07:00:00Z' };

describe('a year of mornings', () => {
  it('reads every date at the promised ages, once for each due time, and keeps exactly what Keka told', {
    timeout: 600_000,
  }, async () => {
    const year = await openYear();
    for (let date = Temporal.PlainDate.from('2026-01-02'); date.year === 2026; date = date.add({ days: 1 })) {
      await year.liveThrough(date);
    }
    await year.judgeAtTheEnd();
  });
});

type Year = {
  liveThrough(date: Temporal.PlainDate): Promise<void>;
  judgeAtTheEnd(): Promise<void>;
};

/** What the judge is told, and what is under way. */
type Memory = Judged & {
  readonly living: WorkerStage;
  readonly keka: KekaYear;
  readonly dice: Dice;
  plan: Plan;
  workers: StartedWorker[];
  /** When the outage ends, when there are processes again. */
  outageEnds: Temporal.Instant | null;
  processReturns: Temporal.Instant | null;
};

async function openYear(): Promise<Year> {
  const stage = await stages.open({
    scenario: smallScenario(people, [], {
      tenantChanges: { zone, rateLimit: { requests: requestsPerMinute } },
    }),
    directory: null,
    zone,
    now: '2026-01-02T01:00:00Z',
    connection: { requestsPerMinute },
  });
  const living = openWorkerStage(stage);
  const keka = createKekaYear(stage.control, people);
  const memory: Memory = {
    stage,
    living,
    keka,
    served: watchServedDates(stage.control, keka, zone),
    dice: throwDice(seed),
    plan: { at: '02:30', zone, autoRun: true },
    workers: [],
    calmSince: stage.clock.now(),
    outageEnds: null,
    processReturns: null,
    lastDue: null,
    expected: new Set(),
    certain: new Set(),
    firstDate: null,
  };
  memory.workers.push(await startWorker(memory));
  await living.changeSchedule({ ...memory.plan, recheckAges: ages });
  return {
    liveThrough: (date) => liveThrough(memory, date),
    async judgeAtTheEnd() {
      expect(memory.served.total).toBeGreaterThan(365);
      await judgeRows(memory, 400, 'the whole year');
    },
  };
}

async function liveThrough(memory: Memory, date: Temporal.PlainDate): Promise<void> {
  const { stage, keka, dice, living } = memory;
  const evening = instantOf(date, '20:00');
  keka.work(date.subtract({ days: 1 }).toString());
  for (let count = dice.below(3); count > 0; count -= 1) keka.correct(date.toString(), dice);
  const due = dueBetween(memory.plan, stage.clock.now(), evening);
  const isFree = memory.outageEnds === null && memory.processReturns === null;
  const mishap: Mishap = isFree ? chooseMishap(dice) : { kind: 'none' };
  const told = `seed ${seed}, ${date.toString()}, ${JSON.stringify(mishap)}`;
  if (due !== null) {
    memory.expected.add(due.toString());
    memory.lastDue = due;
    await pass(memory, due.subtract({ minutes: 10 }));
    await begin(memory, mishap);
    if (memory.processReturns === null && memory.workers.length > 0) memory.certain.add(due.toString());
    await (mishap.kind === 'database_restart'
      ? passWithRestart(memory, due.add({ minutes: 30 }))
      : pass(memory, due.add({ minutes: 30 })));
    await end(memory, mishap);
  }
  await pass(memory, evening);
  await judge(memory, told);
  const edit = edits[date.toString()];
  if (edit !== undefined) {
    memory.plan = edit;
    await living.changeSchedule(edit);
  }
}

function startWorker({ living, stage }: Pick<Memory, 'living' | 'stage'>): Promise<StartedWorker> {
  const url = new URL(stage.installation.environment.DATABASE_URL ?? '');
  url.searchParams.set('application_name', workersName);
  return living.startWorker({ environment: { DATABASE_URL: url.href } });
}

async function begin(memory: Memory, mishap: Mishap): Promise<void> {
  const { stage } = memory;
  const now = stage.clock.now();
  arrange(stage.control, mishap);
  if (mishap.kind === 'outage') {
    memory.outageEnds = now.add({ minutes: mishap.hours * 60 });
    memory.calmSince = null;
  }
  if (mishap.kind === 'no_process') {
    for (const worker of memory.workers.splice(0)) await worker.stop();
    memory.processReturns = now.add({ minutes: mishap.hours * 60 });
    memory.calmSince = null;
  }
  if (mishap.kind === 'crowd') memory.workers.push(await startWorker(memory), await startWorker(memory));
}

async function end(memory: Memory, mishap: Mishap): Promise<void> {
  const { stage, living, served } = memory;
  for (const name of ['storm', 'revoked', 'resets']) stage.control.clearFaults(name);
  if (mishap.kind === 'crowd') for (const worker of memory.workers.splice(1)) await worker.stop();
  if (mishap.kind === 'clock') {
    served.takeIn();
    jumpClock(stage.clock, mishap.ahead);
    await living.liveUntil(stage.clock.now().add({ minutes: 30 }).toString());
    // What was told under the wrong clock was told in truth on the date that it is.
    served.takeIn(mishap.ahead);
    jumpClock(stage.clock, -mishap.ahead);
    await living.liveUntil(stage.clock.now().add({ minutes: 5 }).toString());
    served.takeIn();
  }
}

/** Time goes by; what was away comes back when it is due to. */
async function pass(memory: Memory, to: Temporal.Instant): Promise<void> {
  const { stage, living } = memory;
  for (;;) {
    const next = [memory.outageEnds, memory.processReturns, to]
      .filter((instant) => instant !== null)
      .toSorted((a, b) => Temporal.Instant.compare(a, b))[0];
    if (next === undefined) return;
    if (memory.workers.length > 0) await living.liveUntil(next.toString());
    else stage.clock.set(next.toString());
    if (memory.outageEnds?.equals(next) === true) {
      memory.outageEnds = null;
      stage.control.clearFaults('outage');
      memory.calmSince = next;
    } else if (memory.processReturns?.equals(next) === true) {
      memory.processReturns = null;
      memory.workers.push(await startWorker(memory));
      memory.calmSince = next;
    } else return;
  }
}

/** In the middle of a run every process loses every connection to the database. */
async function passWithRestart(memory: Memory, to: Temporal.Instant): Promise<void> {
  const { control } = memory.stage;
  const before = control.requests().at(-1)?.number ?? 0;
  let isOver = false;
  const passing = pass(memory, to).finally(() => {
    isOver = true;
  });
  await until(() => isOver || control.requests(before).length > 0);
  await stages.database.pool.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = $1',
    [workersName],
  );
  await passing;
}

function instantOf(date: Temporal.PlainDate, time: string): Temporal.Instant {
  return date.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant();
}

/** The one due time between two evenings. */
function dueBetween(plan: Plan, after: Temporal.Instant, until: Temporal.Instant): Temporal.Instant | null {
  if (!plan.autoRun) return null;
  const around = after.toZonedDateTimeISO(plan.zone).toPlainDate();
  const due = [-1, 0, 1, 2]
    .map((days) => around.add({ days }))
    .map((date) => {
      const gapEnd = skipped[`${date.toString()} ${plan.at}`];
      if (gapEnd !== undefined) return Temporal.Instant.from(gapEnd);
      const local = date.toPlainDateTime(Temporal.PlainTime.from(plan.at));
      return local.toZonedDateTime(plan.zone, { disambiguation: 'earlier' }).toInstant();
    })
    .filter((at) => Temporal.Instant.compare(at, after) > 0 && Temporal.Instant.compare(at, until) <= 0);
  expect(due.length, `due times until ${until.toString()}`).toBeLessThanOrEqual(1);
  return due[0] ?? null;
}
