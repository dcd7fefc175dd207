const SNIFF = 8192;

/** The text of a file, or that it is none. */
export type Decoded = { readonly binary: false; readonly text: string } | { readonly binary: true };

/**
 * Decodes UTF-8 (invalid bytes become U+FFFD) and UTF-16 with a byte order mark. A file with a NUL in its first 8 kB is
 * binary. The mark itself stays out of the text, as editors count columns.
 */
export function decode(bytes: Uint8Array): Decoded {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { binary: false, text: new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes) };
  }
  if (bytes.subarray(0, SNIFF).includes(0)) return { binary: true };
  return { binary: false, text: new TextDecoder().decode(bytes) };
}
