import { compareStrings, isSensitive } from '../compare.ts';
import { list, object, text, unknown, unknownsIn } from '../make.ts';
import { step } from '../origins.ts';
import type { ResourceInstance } from '../resources.ts';
import type { Origin, TfObject, TfUnknown, TfValue } from '../value.ts';
import { isTrueValue, mergeDocuments, parseDocument, type PolicyDocument } from './policy-merge.ts';

/**
 * The document of a data source `aws_iam_policy_document`, as the provider writes it (actions and resources are sets: in descending
 * order; one alone is a text; condition values keep their order). Every statement's origin is its block.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function policyDocument(instance: ResourceInstance): TfObject | TfUnknown {
  const { values, headAt } = instance;
  const origin = step(instance.address, headAt);
  const version = given(values, 'version') ?? text('2012-10-17', origin);
  const own: PolicyDocument = { version, id: given(values, 'policy_id'), statements: [] };
  for (const block of itemsOf(values.entries.get('statement'))) {
    own.statements.push(block.kind === 'object' ? statement(block, version) : block);
  }
  const sources = documents(values.entries.get('source_policy_documents'), origin);
  const overrides = documents(values.entries.get('override_policy_documents'), origin);
  const single = (name: string) => given(values, name);
  const source = single('source_json');
  const override = single('override_json');
  const parts = [
    ...(source === undefined ? [] : [parseDocument(source, origin)]),
    ...sources,
    own,
    ...(override === undefined ? [] : [parseDocument(override, origin)]),
    ...overrides,
  ];
  const merged = mergeDocuments(parts);
  if ('kind' in merged) return merged;
  return object(
    [
      ...(merged.version === undefined ? [] : [['Version', merged.version] as const]),
      ...(merged.id === undefined ? [] : [['Id', merged.id] as const]),
      ['Statement', list(merged.statements, origin)],
    ],
    origin,
  );
}

/** The text of a document, `json` (indent 2) or `minified_json` (0); unknown parts make it unknown, and it keeps what is known. */
export function documentText(document: TfValue, indent: number, origin: Origin): TfValue {
  const [hole] = unknownsIn(document, 1);
  const from = step(origin.what, origin.at, document.origin);
  const marked = isSensitive(document) ? { sensitive: true } : {};
  if (hole !== undefined) {
    return { ...unknown(hole.why, from, { type: 'string', notNull: true }), decoded: document, ...marked };
  }
  const written = JSON.stringify(plain(document, true), null, indent).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return { ...text(written, from), decoded: document, ...marked };
}

const ORDER = [
  'Version',
  'Id',
  'Sid',
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
  'Condition',
  'Statement',
];

/** JavaScript data for JSON; documents and statements in the provider's order, everything else sorted. */
function plain(value: TfValue, ordered: boolean): unknown {
  if (value.kind === 'string' || value.kind === 'bool') return value.value;
  if (value.kind === 'number') return Number(value.value);
  if (value.kind === 'list') return value.items.map((item) => plain(item, ordered));
  if (value.kind !== 'object') return null;
  const names = [...value.entries.keys()];
  if (ordered) names.sort((left, right) => ORDER.indexOf(left) - ORDER.indexOf(right));
  return Object.fromEntries(
    names.map((name) => [name, plain(value.entries.get(name) ?? value, name === 'Statement')] as const),
  );
}

function statement(block: TfObject, version: TfValue): TfObject {
  const { entries, origin } = block;
  const variables = (value: TfValue) => policyVariables(value, version);
  const sid = given(block, 'sid');
  const fields: [string, TfValue][] = [['Effect', given(block, 'effect') ?? text('Allow', origin)]];
  if (sid !== undefined && !(sid.kind === 'string' && sid.value === '')) fields.push(['Sid', sid]);
  for (const [name, key] of [
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
    ['resources', 'Resource'],
    ['not_resources', 'NotResource'],
  ] as const) {
    const value = stringSet(entries.get(name));
    if (value !== undefined) fields.push([key, key.endsWith('Resource') ? variables(value) : value]);
  }
  for (const [name, key] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const blocks = itemsOf(entries.get(name));
    if (blocks.length > 0) fields.push([key, variables(principals(blocks, origin))]);
  }
  const conditions = itemsOf(entries.get('condition'));
  if (conditions.length > 0) fields.push(['Condition', variables(conditionMap(conditions, origin))]);
  return object(fields, origin);
}

function given(value: TfObject, name: string): TfValue | undefined {
  const found = value.entries.get(name);
  return found === undefined || found.kind === 'null' ? undefined : found;
}

function itemsOf(value: TfValue | undefined): readonly TfValue[] {
  if (value === undefined || value.kind === 'null') return [];
  return value.kind === 'list' ? value.items : [value];
}

function documents(value: TfValue | undefined, origin: Origin): (PolicyDocument | TfUnknown)[] {
  return itemsOf(value)
    .filter((item) => item.kind !== 'null')
    .map((item) => parseDocument(item, origin));
}

/** A set of texts: one alone, or a list in descending order without doubles; undefined where there is none. */
function stringSet(value: TfValue | undefined): TfValue | undefined {
  if (value === undefined || value.kind === 'null') return undefined;
  if (value.kind !== 'list') return value;
  const seen = new Set<string>();
  const items = value.items.filter(
    (item) => item.kind !== 'string' || (!seen.has(item.value) && seen.add(item.value).size > 0),
  );
  const [first] = items;
  if (items.length === 1 && first !== undefined) return first;
  return items.length === 0 ? undefined : { ...value, isSet: false, items: descending(items) };
}

function descending(items: readonly TfValue[]): TfValue[] {
  const key = (item: TfValue) => (item.kind === 'string' ? item.value : '');
  return [...items].sort((left, right) => compareStrings(key(right), key(left)));
}

function principals(blocks: readonly TfValue[], origin: Origin): TfValue {
  const byType = new Map<string, TfValue[]>();
  for (const block of blocks) {
    if (block.kind !== 'object') return block;
    const type = given(block, 'type');
    if (type?.kind !== 'string') return type ?? unknown('a principal has no type', block.origin);
    const identifiers = stringSet(block.entries.get('identifiers'));
    const [first] = itemsOf(identifiers);
    if (blocks.length === 1 && type.value === '*' && first?.kind === 'string' && first.value === '*') return first;
    const all = byType.get(type.value) ?? [];
    all.push(...itemsOf(identifiers));
    byType.set(type.value, all);
  }
  return object(
    [...byType].map(([type, items]) => [type, oneOrList(items, origin)] as const),
    origin,
  );
}

function conditionMap(blocks: readonly TfValue[], origin: Origin): TfValue {
  const tests = new Map<string, TfValue[]>();
  for (const block of blocks) {
    if (block.kind !== 'object') return block;
    const test = given(block, 'test');
    if (test?.kind !== 'string') return test ?? unknown('a condition has no test', block.origin);
    tests.set(test.value, [...(tests.get(test.value) ?? []), block]);
  }
  return object(
    [...tests].map(([test, members]) => [test, variableMap(members, origin)] as const),
    origin,
  );
}

/** Values by variable; a variable whose name is not known makes it unknown, with the pairs in `decoded`. */
function variableMap(blocks: readonly TfValue[], origin: Origin): TfValue {
  const variables = new Map<string, TfValue[]>();
  let hole: TfUnknown | undefined;
  for (const block of blocks) {
    const variable = block.kind === 'object' ? given(block, 'variable') : undefined;
    const values = block.kind === 'object' ? itemsOf(block.entries.get('values')) : [];
    if (variable?.kind === 'string')
      variables.set(variable.value, [...(variables.get(variable.value) ?? []), ...values]);
    else hole ??= variable?.kind === 'unknown' ? variable : unknown('a condition has no variable', block.origin);
  }
  if (hole !== undefined) {
    return {
      ...unknown(hole.why, step('condition', origin.at, hole.origin), { type: 'object' }),
      decoded: list(blocks, origin),
    };
  }
  return object(
    [...variables].map(([name, values]) => [name, oneOrList(values, origin)] as const),
    origin,
  );
}

function oneOrList(items: readonly TfValue[], origin: Origin): TfValue {
  const [first] = items;
  return items.length === 1 && first !== undefined ? first : list(items, first?.origin ?? origin);
}

/** `&{…}` stands for IAM's own `${…}`, which Terraform would interpolate. */
function policyVariables(value: TfValue, version: TfValue): TfValue {
  if (!isTrueValue(version, '2012-10-17')) return value;
  if (value.kind === 'string')
    return value.value.includes('&{') ? { ...value, value: value.value.replaceAll('&{', '${') } : value;
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => policyVariables(item, version)) };
  if (value.kind !== 'object') return value;
  return {
    ...value,
    entries: new Map([...value.entries].map(([name, entry]) => [name, policyVariables(entry, version)])),
  };
}
