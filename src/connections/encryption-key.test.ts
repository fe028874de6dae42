import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadEncryptionKey, newKeyText } from './encryption-key.ts';
import { putBefore, retireOthers } from './key-file.ts';
import { type SealingKey, toSealingKey } from './sealed-credentials.ts';

/** The data folder of a new installation, which need not exist yet. */
async function planDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hajiri-key-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  return join(folder, 'data');
}

const named = ({ id, bytes }: SealingKey) => ({ id, bytes: bytes.toString('base64') });

function load(dataFolder: string, configured?: string) {
  return loadEncryptionKey({ configured, dataFolder, ownsDatabase: true });
}

describe('the encryption key of an installation', () => {
  it('is made once, 32 bytes, in a file for the owner alone', async () => {
    const folder = await planDataFolder();
    const key = await load(folder);
    expect(key.bytes).toHaveLength(32);
    expect(await readdir(folder)).toEqual(['encryption-key']);
    const { mode } = await stat(join(folder, 'encryption-key'));
    expect((mode & 0o777).toString(8)).toBe('600');
    expect(named(await load(folder))).toEqual(named(key));
  });

  it('is another one in another installation', async () => {
    const keys = [await load(await planDataFolder()), await load(await planDataFolder())];
    expect(keys[0]?.bytes.equals(keys[1]?.bytes ?? Buffer.alloc(0))).toBe(false);
  });

  it('is one when several start at the same time, and the one that stays', async () => {
    const folder = await planDataFolder();
    const keys = await Promise.all(Array.from({ length: 20 }, () => load(folder)));
    const kept = await load(folder);
    for (const key of keys) expect(named(key)).toEqual(named(kept));
    expect(await readdir(folder)).toEqual(['encryption-key']);
  });

  it('comes from the configuration before any file', async () => {
    const folder = await planDataFolder();
    const configured = randomBytes(32).toString('base64');
    const key = await load(folder, configured);
    expect(key.bytes.toString('base64')).toBe(configured);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  it('must come from the configuration when the database is elsewhere', async () => {
    const dataFolder = await planDataFolder();
    const options = { configured: undefined, dataFolder, ownsDatabase: false };
    await expect(loadEncryptionKey(options)).rejects.toMatchObject({
      code: 'configuration_invalid',
      message: expect.stringContaining('HAJIRI_ENCRYPTION_KEY'),
    });
    await expect(readdir(dataFolder)).rejects.toThrow('ENOENT');
  });

  it.each(['', 'AAAA\n', 'not base64 at all\n', `${randomBytes(48).toString('base64')}\n`])(
    'is never replaced when its file holds %j: that would lose what is sealed',
    async (content) => {
      const folder = await planDataFolder();
      await load(folder);
      const file = join(folder, 'encryption-key');
      const original = await readFile(file, 'utf8');
      await writeFile(file, content);
      const faulty = await load(folder);
      expect(faulty.fault).toContain(file);
      const known = toSealingKey(original.trim());
      expect(faulty.find(known.id)).toBeNull();
      expect(await readFile(file, 'utf8')).toBe(content);
      // Put back while it runs, it opens what it sealed.
      await writeFile(file, original);
      expect(faulty.find(known.id)).toEqual(known);
    },
  );

  it('may have blanks around it in its file, as an editor leaves them', async () => {
    const folder = await planDataFolder();
    const key = await load(folder);
    const file = join(folder, 'encryption-key');
    await writeFile(file, ` ${key.bytes.toString('base64')}\r\n\n`);
    expect(named(await load(folder))).toEqual(named(key));
  });

  it('finds a key that was put before it later, and keeps the one that it knew', async () => {
    const folder = await planDataFolder();
    const key = await load(folder);
    const first = key.id;
    const added = toSealingKey(newKeyText());
    expect(key.find(added.id)).toBeNull();
    await putBefore(join(folder, 'encryption-key'), added.bytes.toString('base64'));
    expect(key.find(added.id)).toEqual(added);
    expect(key.id).toBe(added.id);
    await retireOthers(join(folder, 'encryption-key'));
    expect(key.known().map(({ id }) => id)).toEqual([added.id, first]);
    expect((await load(folder)).known().map(({ id }) => id)).toEqual([added.id]);
    const retired = join(folder, 'encryption-key.retired');
    expect(((await stat(retired)).mode & 0o777).toString(8)).toBe('600');
    expect(toSealingKey((await readFile(retired, 'utf8')).trim()).id).toBe(first);
  });
});
