import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../sandbox/testing/small-scenario.ts';
import { readAuditTrail } from '../../src/accounts/read-audit-trail.ts';
import { attendanceRequests, dumpContent, type Stage, useStages } from '../support/case-stage.ts';
import { untilTrue } from '../support/until.ts';
import { openWorkerStage } from '../support/worker-stage.ts';

// C72 and what else a person may ask for over HTTP.

const stages = useStages();

const days = Array.from({ length: 60 }, (_, index) =>
  Temporal.PlainDate.from('2026-01-20').add({ days: index }).toString(),
);

async function open() {
  const stage = await stages.open({ scenario: smallScenario(5, days), directory: null });
  const api = await stage.installation.serve();
  const { id } = await stage.company.connection();
  const organisation = encodeURIComponent(stage.company.context.organisation.name);
  const send = async (how: 'get' | 'post' | 'patch', path: string, body?: object) => {
    const url = `/api/v1${path}?organisation=${organisation}`;
    const { status, body: text } = how === 'get' ? await api.get(url) : await api[how](url, body as object); // a patch has a body
    return { status, answer: JSON.parse(text) };
  };
  const actions = async () =>
    (await readAuditTrail(stage.company.context, { limit: 20 })).map(
      ({ action, subject }) => `${action} ${subject.name ?? ''}`,
    );
  return {
    stage,
    send,
    actions,
    runsOf: `/connections/${id}/runs`,
    connection: id,
    ...openWorkerStage(stage),
  };
}

function holdUp(stage: Stage, seconds: number) {
  stage.control.addFault({
    name: 'slow',
    match: { path: '/api/v1/time/attendance' },
    times: 1,
    answer: { kind: 'respond', status: 429, headers: { 'retry-after': String(seconds) }, body: '' },
  });
}

describe('C72: fetch now', () => {
  it('makes one run; whoever asks again meanwhile is told which, and the rows are those of one', async () => {
    const { actions, liveUntil, runs, runsOf, send, stage, startWorker, untilHeldUp } = await open();
    await startWorker();
    holdUp(stage, 300);
    const first = await send('post', runsOf);
    expect(first).toMatchObject({
      status: 202,
      answer: { state: 'queued', from: '2026-03-11', to: '2026-03-11' },
    });
    const waiting = await send('post', runsOf, {});
    expect(waiting).toMatchObject({
      status: 409,
      answer: { code: 'already_running', run: first.answer.id },
    });
    await untilHeldUp();
    expect((await send('get', `/runs/${first.answer.id}`)).answer).toMatchObject({ state: 'running' });
    const running = await send('post', runsOf);
    expect(running).toMatchObject({ status: 409, answer: { run: first.answer.id } });
    // Without letting time pass, which would end what it is to be refused for.
    const { name } = stage.company.context.organisation;
    const typed = await stage.installation.run('fetch', '--json', '--organisation', name);
    expect(typed.code).toBe(1);
    expect(JSON.parse(typed.out)).toMatchObject({
      error: { code: 'already_running', details: { run: first.answer.id } },
    });
    await liveUntil('2026-03-12T06:00:00Z');
    expect(await runs()).toMatchObject([{ id: first.answer.id, trigger: 'manual', isComplete: true }]);
    const alone = await stages.open({ scenario: smallScenario(5, days), directory: null });
    await alone.fetch('2026-03-11');
    expect(await dumpContent(stage)).toEqual(await dumpContent(alone));
    expect((await actions())[0]).toBe('asked for a fetch test');
  });

  it('is answered with the run of the schedule while that is active', async () => {
    const { liveUntil, runs, runsOf, send, stage, startWorker, untilHeldUp } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:29:00Z');
    holdUp(stage, 600);
    stage.clock.set('2026-03-13T05:30:00Z');
    await untilHeldUp();
    const [morning] = await runs();
    expect(morning).toMatchObject({ trigger: 'schedule', state: 'running' });
    expect(await send('post', runsOf)).toMatchObject({
      status: 409,
      answer: { run: morning?.id },
    });
    await liveUntil('2026-03-13T06:00:00Z');
    expect(attendanceRequests(stage).filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('goes ahead of what is left of a backfill', async () => {
    const { connection, liveUntil, runs, runsOf, send, stage, startWorker, untilHeldUp } = await open();
    await startWorker();
    holdUp(stage, 60);
    const made = await send('post', `/connections/${connection}/backfills`, {
      from: '2026-01-20',
      to: '2026-03-11',
    });
    expect(made).toMatchObject({ status: 202, answer: { state: 'running' } });
    await untilHeldUp();
    expect((await send('post', runsOf)).status).toBe(202);
    await liveUntil('2026-03-12T06:00:00Z');
    expect((await runs()).map(({ trigger }) => trigger)).toEqual(['backfill', 'manual', 'backfill']);
    expect((await send('get', '/backfills')).answer).toMatchObject([{ state: 'finished', daysDone: 51 }]);
  });

  it('for dates in the wrong order or to come is refused, and starts nothing', async () => {
    const { runs, runsOf, send } = await open();
    for (const body of [
      { from: '2026-03-11', to: '2026-03-10' },
      { from: '2026-03-13' },
      { from: '2026-02-30' },
      { acceptUnusualCount: 'yes' },
    ])
      expect(await send('post', runsOf, body)).toMatchObject({
        status: 422,
        answer: { code: 'invalid_input' },
      });
    expect(await runs()).toEqual([]);
  });
});

describe('a run that is cancelled', () => {
  it('ends within seconds, stores nothing, and leaves the connection free', async () => {
    const { actions, liveUntil, runsOf, send, stage, startWorker, untilHeldUp } = await open();
    await startWorker();
    holdUp(stage, 3600);
    const { answer } = await send('post', runsOf);
    await untilHeldUp();
    expect((await send('post', `/runs/${answer.id}/cancel`)).status).toBe(202);
    await liveUntil('2026-03-12T05:30:20Z');
    expect((await send('get', `/runs/${answer.id}`)).answer).toMatchObject({
      state: 'interrupted',
      errorCode: 'cancelled',
      endedAt: expect.stringMatching(/^2026-03-12T05:30/),
    });
    expect(await dumpContent(stage)).toEqual([]);
    expect(await actions()).toContain('cancelled a fetch test');
    // Cancelling what has ended changes nothing, and is no entry.
    const entries = await actions();
    await send('post', `/runs/${answer.id}/cancel`);
    expect(await actions()).toEqual(entries);
    expect((await send('post', runsOf)).status).toBe(202);
    await liveUntil('2026-03-12T05:40:00Z');
    expect((await send('get', '/runs')).answer).toMatchObject([
      { isComplete: true },
      { state: 'interrupted' },
    ]);
  });

  it('before it began never begins', async () => {
    const { liveUntil, runsOf, send, stage, startWorker } = await open();
    const { answer } = await send('post', runsOf);
    await send('post', `/runs/${answer.id}/cancel`);
    expect((await send('get', `/runs/${answer.id}`)).answer).toMatchObject({ state: 'interrupted' });
    await startWorker();
    await liveUntil('2026-03-12T06:00:00Z');
    expect(attendanceRequests(stage)).toEqual([]);
  });
});

describe('a schedule over HTTP', () => {
  it('is shown, planned and changed, and refuses what is not valid', async () => {
    const { connection, send, stage } = await open();
    await stage.fetch('2026-03-11');
    expect((await send('get', '/schedules')).answer).toMatchObject([
      {
        connection: 'test',
        autoRun: true,
        at: '05:30',
        zone: 'UTC',
        readUpTo: '2026-03-11',
        plannedRetry: null,
      },
    ]);
    const plan = await send('post', `/connections/${connection}/schedule/plan`, {
      recheckAges: [1, 7],
      people: 1000,
    });
    expect(plan).toMatchObject({
      status: 200,
      answer: { recheckAges: [1, 7], people: 1000, requests: 15, minutes: 1 },
    });
    expect((await send('get', '/schedules')).answer[0].recheckAges).toHaveLength(10);
    const changed = await send('patch', `/connections/${connection}/schedule`, {
      at: '06:00',
      zone: 'Asia/Kolkata',
    });
    expect(changed).toMatchObject({
      status: 200,
      answer: { at: '06:00', nextDueAt: '2026-03-13T00:30:00Z' },
    });
    expect(await send('patch', `/connections/${connection}/schedule`, { zone: 'IST' })).toMatchObject({
      status: 422,
      answer: { faults: [{ field: 'zone' }] },
    });
  });
});

describe('Auto-Run that is switched off', () => {
  it('drops a run of the schedule that waits for its turn', async () => {
    const { connection, liveUntil, runs, send, stage, startWorker, untilHeldUp } = await open();
    await startWorker();
    await liveUntil('2026-03-13T05:29:00Z');
    holdUp(stage, 900);
    await send('post', `/connections/${connection}/runs`, { from: '2026-02-01' });
    await untilHeldUp();
    stage.clock.set('2026-03-13T05:30:00Z');
    stage.clock.advance({ seconds: 3 });
    await untilTrue(async () => (await runs()).length === 2);
    expect((await runs()).map(({ trigger, state }) => `${trigger} ${state}`)).toEqual([
      'manual running',
      'schedule queued',
    ]);
    await send('patch', `/connections/${connection}/schedule`, { autoRun: false });
    await liveUntil('2026-03-14T12:00:00Z');
    expect((await runs()).map(({ trigger, state }) => `${trigger} ${state}`).toSorted()).toEqual([
      'manual partial',
      'schedule interrupted',
    ]);
    expect(attendanceRequests(stage).filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
