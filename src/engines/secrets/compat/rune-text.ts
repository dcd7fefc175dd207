import { isAscii, isUtf8 } from 'node:buffer';

/** A text as Go's regexp sees bytes: one UTF-16 unit for each rune. */
export interface RuneText {
  readonly text: string;
  /** Whether every rune is one byte. */
  readonly ascii: boolean;
  /** Offset in bytes of each rune, and of the end. */
  byteOffset(rune: number): number;
  /** The bytes `[from, to)` as text. */
  bytes(from: number, to: number): string;
}

/** Stands for every character beyond U+FFFF: no expression that matters names one. */
const ASTRAL = '\uffff';
const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/** Reads the bytes `[from, to)`. A byte that is not valid UTF-8 is U+FFFD, each for itself, as in Go. */
export function runeText(all: Uint8Array, from: number, to: number): RuneText {
  const buffer = Buffer.from(all.buffer, all.byteOffset + from, to - from);
  const bytes = (start: number, end: number): string => buffer.toString('utf8', start, end);
  if (isAscii(buffer)) {
    return { text: buffer.toString('latin1'), ascii: true, byteOffset: (rune) => rune, bytes };
  }
  const text = isUtf8(buffer) ? buffer.toString('utf8').replace(PAIR, ASTRAL) : decodeInvalid(buffer);
  let offsets: Uint32Array | undefined;
  return { text, ascii: false, byteOffset: (rune) => (offsets ??= offsetsOf(buffer, text.length))[rune] ?? 0, bytes };
}

function decodeInvalid(buffer: Uint8Array): string {
  const units = new Uint16Array(buffer.length);
  let count = 0;
  for (let at = 0; at < buffer.length; count++) {
    const length = runeLength(buffer, at);
    units[count] = length === 0 ? 0xfffd : length > 3 ? 0xffff : codeOf(buffer, at, length);
    at += length === 0 ? 1 : length;
  }
  let text = '';
  for (let at = 0; at < count; at += 8192)
    text += String.fromCharCode(...units.subarray(at, Math.min(count, at + 8192)));
  return text;
}

function offsetsOf(buffer: Uint8Array, runes: number): Uint32Array {
  const offsets = new Uint32Array(runes + 1);
  let at = 0;
  for (let rune = 0; rune < runes; rune++) {
    offsets[rune] = at;
    at += runeLength(buffer, at) || 1;
  }
  offsets[runes] = buffer.length;
  return offsets;
}

/** Bytes of the rune at a place (RFC 3629, section 4); 0 when they are not valid. */
function runeLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

function codeOf(bytes: Uint8Array, at: number, length: number): number {
  const first = bytes[at] ?? 0;
  if (length === 1) return first;
  const second = (bytes[at + 1] ?? 0) & 0x3f;
  if (length === 2) return ((first & 0x1f) << 6) | second;
  return ((first & 0x0f) << 12) | (second << 6) | ((bytes[at + 2] ?? 0) & 0x3f);
}
