import type { Budget } from './budget.ts';
import type { ArchiveEntry, ArchiveList } from './entry.ts';

const BLOCK = 512;
const LONGEST_NAME = 65_536;

/** Reads a tar file (POSIX.1-1988 ustar, pax and GNU long names): its regular files. Never throws. */
export function readTar(bytes: Uint8Array, budget: Budget): ArchiveList {
  const entries: ArchiveEntry[] = [];
  const problems: string[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = octal(header.subarray(124, 136));
    const type = String.fromCharCode(header[156] ?? 0);
    const start = at + BLOCK;
    if (size === undefined || start + size > bytes.length) {
      problems.push('it is cut off or damaged');
      break;
    }
    const data = bytes.subarray(start, start + size);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'L' || type === 'x') {
      longName = size > LONGEST_NAME ? undefined : type === 'L' ? text(data) : paxPath(data);
      continue;
    }
    const path = longName ?? ustarName(header);
    longName = undefined;
    if (type !== '0' && type !== '\0' && type !== '7') continue;
    if (!budget.take(size)) {
      problems.push('the limit of unpacked bytes is reached');
      break;
    }
    entries.push({ path, bytes: data });
  }
  return { entries, problems };
}

/** Whether the bytes begin with the header of a tar file. */
export function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= BLOCK && text(bytes.subarray(257, 262)) === 'ustar';
}

function ustarName(header: Uint8Array): string {
  const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : '';
  const name = text(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** `path` of a pax header: records of `<length> <key>=<value>\n`. */
function paxPath(data: Uint8Array): string | undefined {
  return /(?:^|\n)\d{1,6} path=([^\n]*)\n/.exec(Buffer.from(data).toString('utf8'))?.[1];
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString('utf8');
}

/** A number in octal; undefined for another form, as GNU tar writes for files above 8 GB. */
function octal(bytes: Uint8Array): number | undefined {
  const digits = text(bytes).trim();
  return /^[0-7]{1,12}$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}
