/** YAML as yamldecode reads it: the core schema with YAML 1.1's booleans, timestamps as text, merge keys. */

import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, Scalar, type Document, type Node } from 'yaml';
import { convert, objectOf } from './convert.ts';
import { sizeOf } from './measure.ts';
import { TextPositions } from '../../lib/text-position.ts';
import { parseNumber } from './number.ts';
import { TerraformError, type Origin, type TfValue } from './value.ts';
import { placeOfLines } from './text-lines.ts';
import { timestampOf } from './yaml-timestamp.ts';

const DEEPEST = 200;
const TAG = 'tag:yaml.org,2002:';
const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF']);
const NULL = new Set(['', '~', 'null', 'Null', 'NULL']);

interface State {
  readonly text: string;
  readonly document: Document;
  readonly origin: Origin;
  readonly anchors: Map<string, TfValue>;
  readonly pending: Set<string>;
  readonly spend: (steps: number) => void;
  /** The origin of what stands at an offset of the text. */
  readonly placed: (offset: number | undefined) => Origin;
}

/**
 * Reads the one document of a text; every part gets the origin, with its own line where `written` says where the lines of
 * the text stand. Throws TerraformError where there is none, or more.
 */
export function decodeYaml(text: string, origin: Origin, spend: (steps: number) => void, written?: Origin): TfValue {
  spend(text.length);
  if (tooDeep(text)) throw new TerraformError(`YAML that is nested deeper than ${DEEPEST} levels`);
  const documents = parse(text);
  const [document] = documents;
  if (document === undefined || documents.length > 1) {
    throw new TerraformError(
      document === undefined ? 'YAML without a document' : 'only a single YAML document is allowed',
    );
  }
  const [error] = document.errors;
  if (error !== undefined) throw new TerraformError(`invalid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const placed = placer(text, origin, written);
  return read(document.contents, { text, document, origin, spend, placed, anchors: new Map(), pending: new Set() }, 0);
}

function placer(text: string, origin: Origin, written: Origin | undefined): State['placed'] {
  const first = written === undefined ? undefined : placeOfLines(written, 1, 1);
  if (written === undefined || first === undefined) return () => origin;
  const positions = new TextPositions('', text);
  return (offset) => {
    const line = offset === undefined ? undefined : positions.at(offset).line;
    const at = line === undefined ? undefined : placeOfLines(written, line, line);
    return at === undefined ? origin : { ...origin, at };
  };
}

function parse(text: string): readonly Document[] {
  try {
    const parsed = parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent', schema: 'failsafe', merge: false });
    return 'empty' in parsed ? [] : parsed;
  } catch (error) {
    throw new TerraformError(`invalid YAML: ${error instanceof Error ? error.message : 'not readable'}`);
  }
}

function read(node: Node | null, state: State, depth: number): TfValue {
  state.spend(1);
  if (depth > DEEPEST) throw new TerraformError(`YAML that is nested deeper than ${DEEPEST} levels`);
  if (node === null) return { kind: 'null', origin: state.origin };
  if (isAlias(node)) return aliased(node.source, state);
  const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
  if (anchor !== undefined) state.pending.add(anchor);
  const value = readOwn(node, state, depth);
  if (anchor !== undefined) {
    state.pending.delete(anchor);
    state.anchors.set(anchor, value);
  }
  return value;
}

function readOwn(node: Node, state: State, depth: number): TfValue {
  if (isScalar(node)) return resolve(node, state);
  const origin = state.placed(node.range?.[0]);
  if (isSeq(node)) {
    checkTag(node.tag, 'seq');
    const items = node.items.map((item) => read(asNode(item), state, depth + 1));
    return { kind: 'list', origin, isSet: false, items };
  }
  if (!isMap(node)) throw new TerraformError('YAML with a node of no known kind');
  checkTag(node.tag, 'map');
  const entries = new Map<string, TfValue>();
  for (const { key, value } of node.items) {
    const keyNode = asNode(key);
    if (isScalar(keyNode) && keyNode.tag === undefined && keyNode.source === '<<') {
      merge(read(asNode(value), state, depth + 1), entries, state);
    } else {
      entries.set(keyOf(keyNode, state), read(asNode(value), state, depth + 1));
    }
  }
  return objectOf(entries, { origin });
}

/** An aliased value counts as if it were written out. */
function aliased(name: string, state: State): TfValue {
  if (state.pending.has(name))
    throw new TerraformError(`cannot refer to anchor ${JSON.stringify(name)} from inside its own definition`);
  const value = state.anchors.get(name);
  if (value === undefined) throw new TerraformError(`reference to undefined anchor ${JSON.stringify(name)}`);
  state.spend(sizeOf(value));
  return value;
}

function keyOf(node: Node | null, state: State): string {
  const key = node !== null && isScalar(node) ? convert(resolve(node, state), 'string') : undefined;
  if (key?.kind !== 'string') throw new TerraformError('only strings are allowed as mapping keys in YAML');
  return key.value;
}

/** Later keys win, also over those that stand before the merge key. */
function merge(from: TfValue, into: Map<string, TfValue>, state: State): void {
  for (const map of from.kind === 'list' ? from.items : [from]) {
    if (map.kind !== 'object') throw new TerraformError(`cannot merge ${map.kind} into a mapping`);
    state.spend(map.entries.size);
    for (const [key, value] of map.entries) into.set(key, value);
  }
}

function resolve(node: Scalar, { text: whole, placed }: State): TfValue {
  const origin = placed(node.range?.[0]);
  const source = sourceOf(node, whole);
  const quoted = node.type === Scalar.QUOTE_SINGLE || node.type === Scalar.QUOTE_DOUBLE;
  const tag = tagOf(node.tag);
  const text: TfValue = { kind: 'string', origin, value: source.normalize('NFC') };
  if (tag === 'str') return text;
  if (tag === 'binary') {
    if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(source.replace(/[\r\n]/g, ''))) {
      throw new TerraformError('invalid base64 in YAML');
    }
    return text;
  }
  if (quoted) return text;
  if (TRUE.has(source) || FALSE.has(source)) return { kind: 'bool', origin, value: TRUE.has(source) };
  if (NULL.has(source) || tag === 'null') return { kind: 'null', origin };
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(source))
    return { kind: 'number', origin, value: source[0] === '-' ? -Infinity : Infinity };
  if (tag === undefined && /^\.(?:nan|NaN|NAN)$/.test(source))
    throw new TerraformError('floating point NaN is not supported');
  const timestamp = tag === undefined || tag === 'timestamp' ? timestampOf(source) : undefined;
  if (timestamp !== undefined) return { kind: 'string', origin, value: timestamp };
  const number = numberOf(source, tag !== undefined);
  if (number !== undefined) return { kind: 'number', origin, value: number };
  if (tag !== undefined) throw new TerraformError(`cannot parse ${JSON.stringify(source)} as !!${tag}`);
  return text;
}

/** The text of a scalar. A block that ends with the document has no line end that the document lacks. */
function sourceOf(node: Scalar, whole: string): string {
  const source = node.source ?? (typeof node.value === 'string' ? node.value : '');
  const isBlock = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED;
  const isCut = isBlock && !whole.endsWith('\n') && (node.range?.[1] ?? 0) >= whole.length;
  return isCut && source.endsWith('\n') ? source.slice(0, -1) : source;
}

function numberOf(source: string, tagged: boolean): bigint | number | undefined {
  if (!tagged && !/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$|^0o[0-7]+$|^0x[0-9a-fA-F]+$/.test(source))
    return undefined;
  const plain = source.replaceAll('_', '');
  if (/^0[ox][0-9a-fA-F]+$/.test(plain)) return BigInt(plain);
  return parseNumber(plain);
}

/** The kind of a standard tag; undefined where there is none, or `!`. */
function tagOf(tag: string | undefined): string | undefined {
  if (tag === undefined || tag === '') return undefined;
  const kind = tag.startsWith(TAG) ? tag.slice(TAG.length) : undefined;
  if (kind !== undefined && ['str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary'].includes(kind)) return kind;
  throw new TerraformError(`unsupported tag ${JSON.stringify(tag)}`);
}

function checkTag(tag: string | undefined, kind: string): void {
  if (tag !== undefined && tag !== TAG + kind) throw new TerraformError(`cannot read a YAML ${kind} as ${tag}`);
}

function asNode(item: unknown): Node | null {
  return isScalar(item) || isMap(item) || isSeq(item) || isAlias(item) ? item : null;
}

/** A cheap bound before the recursive parser sees the text: brackets that nest, `- - -`, and deep indentation. */
function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '[' || char === '{') {
      if (++depth > 1000) return true;
    } else if ((char === ']' || char === '}') && depth > 0) depth--;
  }
  return /(?:^|\n)[ \t]*(?:[-?:][ \t]+){300}/.test(text) || /(?:^|\n) {4000}/.test(text);
}
