/** YAML as yamlencode writes it: block style, every text in double quotes or as a literal block (YAML 1.2.2, chapter 8). */

import { firstUnknown } from './compare.ts';
import { formatNumber } from './number.ts';
import type { TfUnknown, TfValue } from './value.ts';

/** Column behind which a quoted text is folded at a space. */
const WIDTH = 80;
/** Bytes that a key may have beside its value; a longer one is written with `?`. */
const LONGEST_KEY = 128;
const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
]);

interface Writer {
  put(text: string): void;
}

/** The YAML document of a value, or the unknown part that stands in its way. `spend` counts characters. */
export function encodeYaml(value: TfValue, spend: (steps: number) => void): string | TfUnknown {
  const cause = firstUnknown(value);
  if (cause !== undefined) return cause;
  const parts: string[] = [];
  const out: Writer = {
    put: (text) => {
      spend(text.length);
      parts.push(text);
    },
  };
  writeNode(out, value, -2, 'root');
  // A plain scalar alone is marked as ended.
  const isPlain = value.kind === 'number' || value.kind === 'bool' || value.kind === 'null';
  return `${parts.join('')}\n${isPlain ? '...\n' : ''}`;
}

/** `root` stands at the start; `item` behind `- `, `? ` or `: ` of its own line; `value` behind the colon of a key. */
type Place = 'root' | 'item' | 'value';

/** Writes a node whose parent is indented by `indent`, without the line end behind it where it is a scalar on one line. */
function writeNode(out: Writer, value: TfValue, indent: number, place: Place, column = 0): void {
  const space = place === 'root' ? '' : ' ';
  if (value.kind === 'list' && value.items.length > 0) {
    const own = place === 'value' ? indent : indent + 2;
    writeLines(out, value.items, own, place, (item) => {
      out.put('-');
      writeNode(out, item, own, 'item', own + 1);
    });
  } else if (value.kind === 'object' && value.entries.size > 0) {
    writeLines(out, [...value.entries], indent + 2, place, ([key, item]) => {
      writeEntry(out, key, item, indent + 2);
    });
  } else {
    out.put(space + scalar(value, place === 'root' ? 2 : indent + 2, column + space.length));
  }
}

function writeLines<T>(out: Writer, lines: readonly T[], indent: number, place: Place, write: (line: T) => void): void {
  // A collection behind an indicator starts on the same line, one behind a key on the next.
  let lead = place === 'item' ? ' ' : place === 'value' ? `\n${' '.repeat(indent)}` : '';
  for (const line of lines) {
    out.put(lead);
    lead = `\n${' '.repeat(indent)}`;
    write(line);
  }
}

function writeEntry(out: Writer, key: string, value: TfValue, indent: number): void {
  const isSimple = !/[\n\r\u0085\u2028\u2029]/.test(key) && Buffer.byteLength(key) <= LONGEST_KEY;
  if (isSimple) {
    const written = doubleQuoted(key, 0, -Infinity);
    out.put(`${written}:`);
    writeNode(out, value, indent, 'value', indent + Array.from(written).length + 1);
    return;
  }
  out.put(`? ${text(key, indent + 2, indent + 2)}\n${' '.repeat(indent)}:`);
  writeNode(out, value, indent, 'item', indent + 1);
}

function scalar(value: TfValue, indent: number, column: number): string {
  switch (value.kind) {
    case 'string':
      return text(value.value, indent, column);
    case 'number':
      return formatNumber(value.value);
    case 'bool':
      return String(value.value);
    case 'list':
      return '[]';
    case 'object':
      return '{}';
    default:
      return 'null';
  }
}

function text(value: string, indent: number, column: number): string {
  const isBlock =
    value.includes('\n') && !value.endsWith(' ') && !/ [\n\u2028\u2029]/.test(value) && isPrintable(value);
  return isBlock ? literal(value, indent) : doubleQuoted(value, indent, column);
}

/** A literal block without a line end of its own behind it: the next line brings it. */
function literal(value: string, indent: number): string {
  const lead = /^[ \n\u2028\u2029]/.test(value) ? '2' : '';
  const chomp = !/[\n\u2028\u2029]$/.test(value) ? '-' : /^.$|[\n\u2028\u2029].$/s.test(value.slice(-2)) ? '+' : '';
  const body = value.replace(/(^|[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, `$1${' '.repeat(indent)}`);
  return `|${lead}${chomp}\n${body.endsWith('\n') ? body.slice(0, -1) : body}`;
}

function doubleQuoted(value: string, indent: number, column: number): string {
  const chars = Array.from(value);
  // The emitter takes every character behind a byte order mark for one that must be escaped.
  const isEscaped = value.startsWith('\ufeff');
  let out = '"';
  let at = column + 1;
  let afterSpace = false;
  for (const [index, char] of chars.entries()) {
    if (char === ' ' && !isEscaped && !afterSpace && at > WIDTH && index > 0 && index < chars.length - 1) {
      const escape = chars[index + 1] === ' ' ? '\\' : '';
      out += `\n${' '.repeat(indent)}${escape}`;
      at = indent + escape.length;
    } else {
      const written = escaped(char, isEscaped);
      out += written;
      at += written.length === char.length ? 1 : written.length;
    }
    afterSpace = char === ' ';
  }
  return `${out}"`;
}

function escaped(char: string, always: boolean): string {
  const code = char.codePointAt(0) ?? 0;
  if (!always && isPrintableCode(code) && !/["\\\n\u2028\u2029]/.test(char)) return char;
  const short = ESCAPES.get(code);
  if (short !== undefined) return `\\${short}`;
  const { letter, width } =
    code <= 0xff ? { letter: 'x', width: 2 } : code <= 0xffff ? { letter: 'u', width: 4 } : { letter: 'U', width: 8 };
  return `\\${letter}${code.toString(16).toUpperCase().padStart(width, '0')}`;
}

function isPrintable(value: string): boolean {
  return Array.from(value).every((char) => isPrintableCode(char.codePointAt(0) ?? 0));
}

/** What the emitter prints as it is: nothing beyond the BMP. */
function isPrintableCode(code: number): boolean {
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return code >= 0xa0 && code <= 0xfffd && code !== 0xfeff;
}
