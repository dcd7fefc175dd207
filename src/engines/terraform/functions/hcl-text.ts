/** Values written as HCL expressions, in the layout of `terraform fmt`. */

import { formatNumber } from '../number.ts';
import { TerraformError, type TfValue } from '../value.ts';
import { graphemes } from './graphemes.ts';

const IDENTIFIER = /^[\p{L}\p{Nl}][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}-]*$/u;

/** Lines under construction, not yet indented. */
interface Page {
  readonly lines: { text: string; opened: number }[];
  readonly spend: (steps: number) => void;
}

/** The expression that gives the value. */
export function writeExpression(value: TfValue, spend: (steps: number) => void): string {
  const page: Page = { lines: [{ text: '', opened: 0 }], spend };
  write(page, value);
  return indented(page);
}

/** Arguments one a line, as in a `.tfvars` file. */
export function writeArguments(entries: ReadonlyMap<string, TfValue>, spend: (steps: number) => void): string {
  return [...entries]
    .map(([name, value]) => {
      if (!IDENTIFIER.test(name)) throw new TerraformError(`invalid variable name ${JSON.stringify(name)}`);
      return `${name} = ${writeExpression(value, spend)}\n`;
    })
    .join('');
}

function write(page: Page, value: TfValue): void {
  switch (value.kind) {
    case 'unknown':
      throw new TerraformError('an unknown value cannot be written as an expression');
    case 'null':
      return put(page, 'null');
    case 'string':
      return put(page, quote(value.value));
    case 'number':
      return put(page, formatNumber(value.value));
    case 'bool':
      return put(page, String(value.value));
    case 'list':
      put(page, '[', 1);
      for (const [index, item] of value.items.entries()) {
        if (index > 0) put(page, ', ');
        write(page, item);
      }
      return put(page, ']', -1);
    case 'object':
      put(page, '{', 1);
      if (value.entries.size > 0) writeEntries(page, value.entries);
      return put(page, '}', -1);
  }
}

/** Equal signs of neighbours on one line each stand in one column. */
function writeEntries(page: Page, entries: ReadonlyMap<string, TfValue>): void {
  const lines = [...entries].map(([key, value]) => {
    const name = IDENTIFIER.test(key) ? key : quote(key);
    return { name, width: graphemes(name).length, value, isLong: isLong(value) };
  });
  newLine(page);
  for (let at = 0; at < lines.length;) {
    const long = lines.findIndex((line, index) => index >= at && line.isLong);
    const group = lines.slice(at, long === at ? at + 1 : long < 0 ? lines.length : long);
    const width = Math.max(...group.map((line) => line.width));
    for (const { name, width: own, value } of group) {
      put(page, `${name}${' '.repeat(width - own)} = `);
      write(page, value);
      newLine(page);
    }
    at += group.length;
  }
}

function isLong(value: TfValue): boolean {
  return value.kind === 'object' ? value.entries.size > 0 : value.kind === 'list' && value.items.some(isLong);
}

function put({ lines, spend }: Page, text: string, opened = 0): void {
  spend(text.length);
  const line = lines.at(-1);
  if (line === undefined) return;
  line.text += text;
  line.opened += opened;
}

function newLine({ lines, spend }: Page): void {
  spend(1);
  lines.push({ text: '', opened: 0 });
}

/** Two spaces for each line that left brackets open; a line that closes as many as it opens stays where it is. */
function indented({ lines, spend }: Page): string {
  const open: number[] = [];
  return lines
    .map(({ text, opened }) => {
      for (let closed = -opened; closed > 0 && open.length > 0;) {
        const last = open.pop() ?? 0;
        if (last > closed) open.push(last - closed);
        closed -= last;
      }
      spend(2 * open.length);
      const line = ' '.repeat(2 * open.length) + text;
      if (opened > 0) open.push(opened);
      return line;
    })
    .join('\n');
}

function quote(text: string): string {
  const escaped = text
    .replace(/["\\\n\r\t]/g, (char) => ESCAPES.get(char) ?? char)
    .replace(/[$%](?=\{)/g, '$&$&')
    .replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (char) => {
      const code = char.codePointAt(0) ?? 0;
      return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    });
  return `"${escaped}"`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
