import { Buffer, isAscii } from 'node:buffer';
import { decodeText, isPrintable, wideEncoding } from '../../lib/tree-views.ts';

const SNIFF = 8192;

/** The text of a file, or that it is none. */
export type Decoded =
  | {
      readonly binary: false;
      readonly text: string;
      /** The bytes, where each of them is one character of the text. */
      readonly ascii?: Uint8Array;
    }
  | { readonly binary: true };

/**
 * Decodes UTF-8 (invalid bytes become U+FFFD) and UTF-16. A file with a NUL in its first 8 kB is binary, unless it is
 * ASCII but for its NULs. The byte order mark itself stays out of the text, as editors count columns.
 */
export function decode(bytes: Uint8Array): Decoded {
  const head = bytes.subarray(0, SNIFF);
  const isWide = wideEncoding(bytes) !== undefined;
  const isText = !head.includes(0) || isWide || isMarkedText(head);
  if (isText && !isWide && isAscii(bytes))
    return {
      binary: false,
      text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'),
      ascii: bytes,
    };
  return isText ? { binary: false, text: decodeText(bytes) } : { binary: true };
}

/** Text with a stray NUL, records, archives of texts. */
function isMarkedText(head: Uint8Array): boolean {
  const zeros = head.filter((byte) => byte === 0).length;
  return zeros < head.length * 0.95 && head.every((byte) => byte === 0 || isPrintable(byte));
}
