import { inflateRawSync } from 'node:zlib';
import type { Budget } from './budget.ts';
import type { ArchiveEntry, ArchiveList } from './entry.ts';

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 65_535;

/** Reads a ZIP file by its central directory (APPNOTE.TXT 6.3.10, 4.3). Stored and deflated entries; never throws. */
export function readZip(bytes: Uint8Array, budget: Budget): ArchiveList {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === undefined) return { entries: [], problems: ['it has no central directory'] };
  const entries: ArchiveEntry[] = [];
  const problems: string[] = [];
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) {
      problems.push('its central directory is cut off');
      break;
    }
    const nameLength = view.getUint16(at + 28, true);
    const name = Buffer.from(bytes.subarray(at + 46, at + 46 + nameLength)).toString('utf8');
    if (!name.endsWith('/')) {
      const read = readEntry(bytes, view, at, budget);
      if (typeof read === 'string') problems.push(`${name}: ${read}`);
      else entries.push({ path: name, bytes: read });
      if (budget.spent) break;
    }
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return { entries, problems };
}

function readEntry(bytes: Uint8Array, view: DataView, at: number, budget: Budget): Uint8Array | string {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const size = view.getUint32(at + 20, true);
  const local = view.getUint32(at + 42, true);
  if ((flags & 1) !== 0) return 'it is encrypted';
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) return 'it has no header';
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = bytes.subarray(start, start + size);
  if (method === 0) return budget.take(packed.length) ? packed : 'the limit of unpacked bytes is reached';
  if (method !== 8) return `its compression method ${method} is not read`;
  return budget.unpack((most) => inflateRawSync(packed, { maxOutputLength: most }));
}

function findEnd(view: DataView): number | undefined {
  const lowest = Math.max(0, view.byteLength - END_SIZE - LONGEST_COMMENT);
  for (let at = view.byteLength - END_SIZE; at >= lowest; at--) if (view.getUint32(at, true) === END) return at;
  return undefined;
}
