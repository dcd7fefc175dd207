import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../lib/crc32.ts';
import { Budget } from './budget.ts';
import { archiveKind, openArchive } from './open-archive.ts';

function tar(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, data]) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    header.write('0ustar\0', 156);
    header.write('ustar\0', 257);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

function zip(files: Readonly<Record<string, Uint8Array>>): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, data] of Object.entries(files)) {
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), fields, tail, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(Buffer.concat(central).length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...central, end]);
}

const text = Buffer.from('secret\n');

describe('openArchive', () => {
  it('opens archives in archives down to the depth', () => {
    const outer = gzipSync(tar({ './b.zip': zip({ 'd/f': text }), 'x.txt': text }));
    const paths = (depth: number): string[] => openArchive('a.tar.gz', outer, depth).entries.map(({ path }) => path);
    expect(paths(2)).toEqual(['a.tar.gz!b.zip!d/f', 'a.tar.gz!x.txt']);
    expect(paths(1)).toEqual(['a.tar.gz!x.txt']);
    expect(openArchive('a.tar.gz', outer, 1).problems).toEqual([
      'a.tar.gz!b.zip: an archive below the depth that was asked for',
    ]);
  });

  it('takes a compressed file for its content', () => {
    expect(openArchive('a.log.gz', gzipSync(text), 1).entries).toEqual([{ path: 'a.log.gz', bytes: text }]);
  });

  it('stops at the limit of unpacked bytes', () => {
    const bomb = zip({ a: Buffer.alloc(3_000_000), b: Buffer.alloc(3_000_000) });
    const { entries, problems } = openArchive('a.zip', bomb, 1, new Budget(4_000_000));
    expect(entries).toHaveLength(1);
    expect(problems.join()).toContain('limit of unpacked bytes');
    const gzip = openArchive('a.gz', gzipSync(Buffer.alloc(10_000_000)), 1, new Budget(1_000_000));
    expect(gzip).toEqual({ entries: [], problems: ['a.gz: the limit of unpacked bytes is reached'] });
  });

  it('never throws on damaged archives', () => {
    const good = [zip({ a: text }), tar({ a: text }), gzipSync(tar({ a: text }))];
    fc.assert(
      fc.property(fc.constantFrom(...good), fc.nat(), fc.nat(255), fc.nat(), (archive, at, value, cut) => {
        const bytes = Buffer.from(archive);
        bytes[at % bytes.length] = value;
        const part = bytes.subarray(0, 4 + (cut % bytes.length));
        if (archiveKind(part) !== undefined) expect(openArchive('a', part, 3).problems).toBeInstanceOf(Array);
      }),
      { numRuns: 500 },
    );
  });
});
