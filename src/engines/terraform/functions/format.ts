/** format and formatlist: https://developer.hashicorp.com/terraform/language/functions/format. */

import { firstUnknown } from '../compare.ts';
import { convert } from '../convert.ts';
import type { FunctionTools, TfFunction } from '../functions.ts';
import { encodeJson, quoteJson } from '../json.ts';
import { TerraformError, type TfUnknown, type TfValue } from '../value.ts';
import { define, list, string, unknownLike } from './define.ts';
import { graphemes } from './graphemes.ts';
import { formatFloat, formatInteger, formatShortest, type Flags } from './format-number.ts';
import { textAt } from './read.ts';

const ANY = { params: ['string'], rest: 'any', nulls: true, unknown: 'never' } as const;
const VERB = /%([-+ #0]*)(\d*)(?:\.(\d+))?(?:\[(\d+)\])?([a-zA-Z%]?)/y;
const WIDEST = 100_000;
const STRING = { type: 'string', notNull: true } as const;

type Formatted =
  | { readonly known: true; readonly text: string }
  | { readonly known: false; readonly prefix: string; readonly cause: TfUnknown };

export const FORMATS: readonly (readonly [string, TfFunction])[] = [
  define('format', { ...ANY, gives: 'string' }, (args, tools) => {
    const [pattern] = args;
    if (pattern?.kind === 'unknown') return unknownLike(pattern, tools, STRING);
    return result(formatAll(textAt(args, 0), args.slice(1), tools), tools);
  }),
  define('formatlist', ANY, (args, tools) => {
    const [pattern] = args;
    if (pattern?.kind === 'unknown') return unknownLike(pattern, tools, { type: 'list', notNull: true });
    const given = args.slice(1);
    const hole = given.find((arg) => mayBeList(arg));
    if (hole?.kind === 'unknown') return unknownLike(hole, tools, { type: 'list', notNull: true });
    const lengths = given.flatMap((arg) => (arg.kind === 'list' ? [arg.items.length] : []));
    const count = lengths[0] ?? 1;
    if (lengths.some((length) => length !== count))
      throw new TerraformError('the lists given to formatlist() differ in length');
    const rows = Array.from({ length: count }, (_, row) =>
      result(
        formatAll(
          textAt(args, 0),
          given.map((arg) => cell(arg, row)),
          tools,
        ),
        tools,
      ),
    );
    return list(rows, tools);
  }),
];

function mayBeList(arg: TfValue): boolean {
  return arg.kind === 'unknown' && (arg.constraint?.type === undefined || arg.constraint.type === 'list');
}

function cell(arg: TfValue, row: number): TfValue {
  return arg.kind === 'list' ? (arg.items[row] ?? arg) : arg;
}

function result(formatted: Formatted, tools: FunctionTools): TfValue {
  if (formatted.known) return string(formatted.text, tools);
  const { prefix, cause } = formatted;
  return unknownLike(cause, tools, { ...STRING, ...(prefix === '' ? {} : { prefix }) });
}

/** Runs through the verbs; stops at the first whose value has an unknown part. */
function formatAll(pattern: string, args: readonly TfValue[], tools: FunctionTools): Formatted {
  const parts: string[] = [];
  let next = 0;
  let used = 0;
  for (let at = 0; at < pattern.length;) {
    const start = pattern.indexOf('%', at);
    parts.push(pattern.slice(at, start < 0 ? undefined : start));
    if (start < 0) break;
    const verb = readVerb(pattern, start);
    at = start + verb.raw.length;
    if (verb.letter === '%') {
      parts.push('%');
      continue;
    }
    const index = verb.argument ?? next;
    const arg = args[index];
    if (arg === undefined) throw new TerraformError(`not enough arguments for ${JSON.stringify(verb.raw)} at ${start}`);
    next = index + 1;
    used = Math.max(used, next);
    const cause = firstUnknown(arg);
    if (cause !== undefined) return { known: false, prefix: parts.join('').normalize('NFC'), cause };
    tools.spend(Math.max(verb.flags.width ?? 0, verb.flags.precision ?? 0));
    const written = write(verb, arg, tools);
    tools.spend(written.length);
    parts.push(written);
  }
  if (used < args.length) throw new TerraformError(`too many arguments; only ${used} used by format string`);
  const cause = args.map(firstUnknown).find((found) => found !== undefined);
  return cause === undefined ? { known: true, text: parts.join('') } : { known: false, prefix: '', cause };
}

interface Verb {
  readonly raw: string;
  readonly letter: string;
  /** Index of the argument, from 0. */
  readonly argument: number | undefined;
  readonly flags: Flags;
}

function readVerb(pattern: string, start: number): Verb {
  VERB.lastIndex = start;
  const [raw = '', flags = '', width = '', precision, argument, letter = ''] = VERB.exec(pattern) ?? [];
  if (letter === '' || (letter === '%' && raw !== '%%') || argument === '0') {
    throw new TerraformError(`unrecognized format sequence at offset ${start}`);
  }
  if (Number(width) > WIDEST || Number(precision ?? 0) > WIDEST) throw new TerraformError('a width that is too large');
  return {
    raw,
    letter,
    argument: argument === undefined ? undefined : Number(argument) - 1,
    flags: {
      zero: flags.includes('0'),
      sharp: flags.includes('#'),
      plus: flags.includes('+'),
      minus: flags.includes('-'),
      space: flags.includes(' '),
      width: width === '' ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision),
    },
  };
}

function write({ letter, flags, raw }: Verb, arg: TfValue, tools: FunctionTools): string {
  if (letter === 'v') return pad(plain(arg, flags, tools), flags);
  if (arg.kind === 'null') throw new TerraformError(`null cannot be formatted by ${JSON.stringify(raw)}`);
  switch (letter) {
    case 't':
      return String(isTrue(convert(arg, 'bool')));
    case 's':
      return pad(cut(asText(arg), flags), flags);
    case 'q':
      return pad(quoteJson(cut(asText(arg), flags)), flags);
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
      return formatInteger(asNumber(arg), letter, flags);
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return formatFloat(asNumber(arg), letter, flags);
    default:
      throw new TerraformError(`unsupported format verb ${JSON.stringify(raw)}`);
  }
}

function plain(arg: TfValue, flags: Flags, tools: FunctionTools): string {
  if (!flags.sharp && arg.kind === 'string') return arg.value;
  if (!flags.sharp && arg.kind === 'number') return formatShortest(arg.value);
  const encoded = encodeJson(arg, (steps) => tools.spend(steps));
  return encoded.known ? encoded.text : encoded.prefix;
}

/** A precision of zero cuts nothing, as in Terraform. */
function cut(from: string, { precision = 0 }: Flags): string {
  return precision > 0 ? graphemes(from).slice(0, precision).join('') : from;
}

function pad(from: string, { width = 0, minus, zero }: Flags): string {
  const missing = Math.max(0, width - (width > 0 ? graphemes(from).length : 0));
  const fill = (zero ? '0' : ' ').repeat(missing);
  return minus ? from + fill : fill + from;
}

function asText(arg: TfValue): string {
  const converted = convert(arg, 'string');
  return converted.kind === 'string' ? converted.value : '';
}

function asNumber(arg: TfValue): bigint | number {
  const converted = convert(arg, 'number');
  return converted.kind === 'number' ? converted.value : 0n;
}

function isTrue(value: TfValue): boolean {
  return value.kind === 'bool' && value.value;
}
