import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { Write } from '../row-writer.ts';

// The container of an XLSX file, written as it comes: nothing is known of an entry before its end, so that its sizes
// follow it (a "data descriptor"), and memory does not grow with it. No entry reaches 4 GiB: a sheet has a last row.

export type ZipEntry = { add(text: string): Promise<void>; end(): Promise<void> };
export type ZipWriter = {
  /** One entry at a time: the one before has ended. */
  open(name: string): Promise<ZipEntry>;
  add(name: string, text: string): Promise<void>;
  end(): Promise<void>;
};

type Entry = {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  packed: number;
  size: number;
};

// Sizes follow, and the name is UTF-8.
const flags = 0x0808;
const deflated = 8;
/** 1 January 1980: the same rows make the same file. */
const dosDate = 0x0021;
const packingLevel = 3;

export function createZipWriter(write: Write): ZipWriter {
  const entries: Entry[] = [];
  let offset = 0;
  const put = async (piece: Uint8Array): Promise<void> => {
    offset += piece.length;
    await write(piece);
  };
  const open = async (name: string): Promise<ZipEntry> => {
    const entry: Entry = { name: Buffer.from(name, 'utf8'), offset, crc: 0, packed: 0, size: 0 };
    entries.push(entry);
    await put(localHeader(entry));
    const deflate = createDeflateRaw({ level: packingLevel });
    const pieces: Buffer[] = [];
    deflate.on('data', (piece: Buffer) => void pieces.push(piece));
    const passOn = async (): Promise<void> => {
      for (const piece of pieces.splice(0)) {
        entry.packed += piece.length;
        await put(piece);
      }
    };
    return {
      async add(text) {
        const bytes = Buffer.from(text, 'utf8');
        entry.crc = crc32(bytes, entry.crc);
        entry.size += bytes.length;
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        deflate.write(bytes, (error) => (error ? reject(error) : resolve()));
        await promise;
        await passOn();
      },
      async end() {
        const ended = once(deflate, 'end');
        deflate.end();
        await ended;
        await passOn();
        await put(descriptor(entry));
      },
    };
  };
  return {
    open,
    async add(name, text) {
      const entry = await open(name);
      await entry.add(text);
      await entry.end();
    },
    async end() {
      const start = offset;
      for (const entry of entries) await put(centralHeader(entry));
      await put(endOfDirectory(entries.length, offset - start, start));
    },
  };
}

function localHeader({ name }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(deflated, 8);
  header.writeUInt16LE(dosDate, 12);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function descriptor({ crc, packed, size }: Entry): Buffer {
  const record = Buffer.alloc(16);
  record.writeUInt32LE(0x08074b50, 0);
  record.writeUInt32LE(crc, 4);
  record.writeUInt32LE(packed, 8);
  record.writeUInt32LE(size, 12);
  return record;
}

function centralHeader({ name, offset, crc, packed, size }: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(flags, 8);
  header.writeUInt16LE(deflated, 10);
  header.writeUInt16LE(dosDate, 14);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name]);
}

function endOfDirectory(count: number, size: number, start: number): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(size, 12);
  record.writeUInt32LE(start, 16);
  return record;
}
