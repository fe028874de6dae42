import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../../../test/support/fake-clock.ts';
import { withServerLock } from './server-lock.ts';

async function lockOptions(patience: Temporal.DurationLike): Promise<Parameters<typeof withServerLock>[0]> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'hajiri-lock-'));
  onTestFinished(async () => rm(dataFolder, { recursive: true }));
  return {
    file: join(dataFolder, 'postgres.lock'),
    dataFolder,
    runAs: { kind: 'self' },
    clock: new FakeClock('2026-01-05T05:30:00Z', { autoAdvance: true }),
    patience: Temporal.Duration.from(patience),
  };
}

describe('withServerLock', () => {
  it('lets one in at a time', async () => {
    const options = await lockOptions({ hours: 1 });
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await options.clock.sleep(100);
      inside -= 1;
    };
    await Promise.all([1, 2, 3, 4, 5].map(async () => withServerLock(options, work)));
    expect(most).toBe(1);
  });

  it('is free again after the work failed', async () => {
    const options = await lockOptions({ seconds: 0 });
    await expect(withServerLock(options, async () => Promise.reject(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await withServerLock(options, async () => 'mine')).toBe('mine');
  });

  it('gives up on a holder that takes too long', async () => {
    const options = await lockOptions({ minutes: 2 });
    const { promise, resolve } = Promise.withResolvers<void>();
    const holder = withServerLock(options, async () => promise);
    await expect(withServerLock(options, async () => 'mine')).rejects.toMatchObject({
      code: 'data_folder_in_use',
    });
    resolve();
    await holder;
  });

  it('names a folder in which no file can be locked', async () => {
    const options = await lockOptions({ seconds: 0 });
    const file = join(options.dataFolder, 'missing', 'postgres.lock');
    await expect(withServerLock({ ...options, file }, async () => 'mine')).rejects.toMatchObject({
      code: 'data_folder_unusable',
      message: expect.stringContaining(file),
    });
  });
});
