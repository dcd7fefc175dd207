/** The decoded value; empty when it is none, or not printable ASCII (detect/codec of gitleaks 8.30). */
export function decodeSpan(encoding: 'percent' | 'unicode' | 'hex' | 'base64', value: string): string {
  switch (encoding) {
    case 'percent':
      return decodePercent(value);
    case 'unicode':
      return decodeUnicode(value);
    case 'hex':
      return decodeHex(value);
    case 'base64':
      return decodeBase64(value);
  }
}

/** ASCII that a text can hold: tabs and line breaks too. */
export function isPrintable(code: number): boolean {
  return code > 0x08 && code < 0x7f;
}

function decodePercent(value: string): string {
  let out = '';
  let at = 0;
  while (at < value.length) {
    const digits = value[at] === '%' && at + 2 < value.length ? value.slice(at + 1, at + 3) : '';
    if (/^[0-9a-fA-F]{2}$/.test(digits)) {
      const code = Number.parseInt(digits, 16);
      if (!isPrintable(code)) return '';
      out += String.fromCharCode(code);
      at += 3;
    } else out += value[at++] ?? '';
  }
  return out;
}

function decodeUnicode(value: string): string {
  const points = /^U\+/.test(value) ? value.matchAll(/U\+([a-fA-F0-9]{4})/g) : value.matchAll(/[uU]([a-fA-F0-9]{4})/g);
  let out = '';
  for (const [, digits = ''] of points) {
    const code = Number.parseInt(digits, 16);
    out += code >= 0xd800 && code <= 0xdfff ? '\ufffd' : String.fromCharCode(code);
  }
  return out;
}

function decodeHex(value: string): string {
  if (value.length % 2 !== 0 || !/[0-9]/.test(value)) return '';
  let out = '';
  for (let at = 0; at < value.length; at += 2) {
    const code = Number.parseInt(value.slice(at, at + 2), 16);
    if (!isPrintable(code)) return '';
    out += String.fromCharCode(code);
  }
  return out;
}

/** The value of each character in both alphabets; 255 for none. */
const SEXTET = new Uint8Array(128).fill(255);
Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/').forEach((char, value) => {
  SEXTET[char.charCodeAt(0)] = value;
});
SEXTET[0x2d] = 62;
SEXTET[0x5f] = 63;

/** Standard base64 with its padding, or the URL alphabet without; never both. */
function decodeBase64(value: string): string {
  if (!/[0-9+/_-]/.test(value)) return '';
  const body = value.replace(/=+$/, '');
  const isStandard = !/[-_]/.test(body) && value.length % 4 === 0;
  const isUrl = !/[+/]/.test(body) && body.length === value.length && body.length % 4 !== 1;
  if (!isStandard && !isUrl) return '';
  const length = Math.floor((body.length * 3) / 4);
  const codes: number[] = [];
  for (let at = 0; at < body.length; at += 4) {
    const bits =
      (sextetAt(body, at) << 18) |
      (sextetAt(body, at + 1) << 12) |
      (sextetAt(body, at + 2) << 6) |
      sextetAt(body, at + 3);
    for (const code of [bits >> 16, (bits >> 8) & 255, bits & 255]) {
      if (codes.length >= length) break;
      if (!isPrintable(code)) return '';
      codes.push(code);
    }
  }
  let out = '';
  for (let at = 0; at < codes.length; at += 8192) out += String.fromCharCode(...codes.slice(at, at + 8192));
  return out;
}

/** The six bits of a character of base64, in either alphabet. */
export function sextetAt(text: string, at: number): number {
  return SEXTET[text.charCodeAt(at)] ?? 0;
}
