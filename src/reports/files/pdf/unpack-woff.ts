import { inflateSync } from 'node:zlib';

const tableEntry = 20;
const sfntEntry = 16;

/**
 * The TrueType font in a WOFF file. The library of the pages reads WOFF as well, and unpacks a table again for every
 * letter. Throws for a file that is none.
 */
export function unpackWoff(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('this is no WOFF file');
  const count = file.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_none, index) => {
    const at = 44 + index * tableEntry;
    const [offset, packed, size] = [
      file.readUInt32BE(at + 4),
      file.readUInt32BE(at + 8),
      file.readUInt32BE(at + 12),
    ];
    const bytes = file.subarray(offset, offset + packed);
    return {
      tag: file.subarray(at, at + 4),
      checksum: file.readUInt32BE(at + 16),
      // One that would not get smaller is stored as it is.
      content: packed === size ? bytes : inflateSync(bytes),
    };
  });
  const header = Buffer.alloc(12 + count * sfntEntry);
  const power = Math.floor(Math.log2(count));
  file.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  header.writeUInt16BE(2 ** power * sfntEntry, 6);
  header.writeUInt16BE(power, 8);
  header.writeUInt16BE((count - 2 ** power) * sfntEntry, 10);
  const pieces: Buffer[] = [header];
  let offset = header.length;
  for (const [index, { tag, checksum, content }] of tables.entries()) {
    const at = 12 + index * sfntEntry;
    tag.copy(header, at);
    header.writeUInt32BE(checksum, at + 4);
    header.writeUInt32BE(offset, at + 8);
    header.writeUInt32BE(content.length, at + 12);
    // Each table begins at a multiple of four.
    const rest = (4 - (content.length % 4)) % 4;
    pieces.push(content, Buffer.alloc(rest));
    offset += content.length + rest;
  }
  return Buffer.concat(pieces);
}
