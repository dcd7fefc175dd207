import { text, unknown } from '../make.ts';
import { step } from '../origins.ts';
import type { Origin, TfUnknown, TfValue } from '../value.ts';

/** A policy document in parts. */
export interface PolicyDocument {
  version: TfValue | undefined;
  id: TfValue | undefined;
  readonly statements: TfValue[];
}

/** Whether a value is this text. */
export function isTrueValue(value: TfValue | undefined, wanted: string): boolean {
  return value?.kind === 'string' && value.value === wanted;
}

/** The parts of a JSON text; the document that it was made from where that is known, so that statements keep their places. */
export function parseDocument(value: TfValue, origin: Origin): PolicyDocument | TfUnknown {
  if (value.kind !== 'string' && value.kind !== 'unknown')
    return unknown('a policy document must be a text', value.origin);
  if (value.kind === 'string' && value.value === '') return { version: undefined, id: undefined, statements: [] };
  const document = value.decoded ?? (value.kind === 'string' ? fromJson(value.value, value.origin) : value);
  if (document.kind === 'unknown') return unknown(document.why, step('policy document', origin.at, document.origin));
  if (document.kind !== 'object') return unknown('a policy document must be an object', value.origin);
  const statements = document.entries.get('Statement');
  return {
    version: document.entries.get('Version'),
    id: document.entries.get('Id'),
    statements: statements === undefined ? [] : statements.kind === 'list' ? [...statements.items] : [statements],
  };
}

/** The provider's merge: the last id, the highest version, statements of one sid replace each other, others are added. */
export function mergeDocuments(documents: readonly (PolicyDocument | TfUnknown)[]): PolicyDocument | TfUnknown {
  const merged: PolicyDocument = { version: undefined, id: undefined, statements: [] };
  for (const document of documents) {
    if ('kind' in document) return document;
    merged.id = document.id ?? merged.id;
    merged.version = higher(merged.version, document.version);
    for (const statement of document.statements) add(statement, merged.statements);
  }
  return merged;
}

function higher(left: TfValue | undefined, right: TfValue | undefined): TfValue | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  if (left.kind !== 'string' || right.kind !== 'string') return left.kind === 'unknown' ? left : right;
  return right.value > left.value ? right : left;
}

function add(statement: TfValue, statements: TfValue[]): void {
  const sid = sidOf(statement);
  const place = sid === undefined ? -1 : statements.findIndex((other) => sidOf(other) === sid);
  if (place < 0) statements.push(statement);
  else statements[place] = statement;
}

function sidOf(statement: TfValue): string | undefined {
  const sid = statement.kind === 'object' ? statement.entries.get('Sid') : undefined;
  return sid?.kind === 'string' && sid.value !== '' ? sid.value : undefined;
}

/** Values of a JSON text, all with the text's origin. */
function fromJson(source: string, origin: Origin): TfValue {
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch {
    return unknown('a policy document is not valid JSON', origin);
  }
  return toValue(parsed, origin, 0);
}

function toValue(data: unknown, origin: Origin, depth: number): TfValue {
  if (depth > 64) return unknown('a policy document is nested too deeply', origin);
  if (typeof data === 'string') return text(data, origin);
  if (typeof data === 'number') return { kind: 'number', value: data, origin };
  if (typeof data === 'boolean') return { kind: 'bool', value: data, origin };
  if (Array.isArray(data))
    return { kind: 'list', isSet: false, items: data.map((item) => toValue(item, origin, depth + 1)), origin };
  if (typeof data !== 'object' || data === null) return { kind: 'null', origin };
  const entries = new Map<string, TfValue>(
    Object.entries(data).map(([key, item]) => [key, toValue(item, origin, depth + 1)]),
  );
  return { kind: 'object', entries, origin };
}
