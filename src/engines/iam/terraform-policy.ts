import { PolicyProblems } from '../../facts/iam-policy/problems.ts';
import { policyFrom, readVersion } from '../../facts/iam-policy/read-policy.ts';
import { readConditions } from '../../facts/iam-policy/read-conditions.ts';
import { readStatement } from '../../facts/iam-policy/read-statement.ts';
import type { IamPolicy, IamStatement } from '../../facts/iam-policy/types.ts';
import { child, type YamlEntry, type YamlNode } from '../../lib/yaml/index.ts';
import type { SourceLocation } from '../../model/index.ts';
import type { TfValue } from '../terraform/index.ts';
import { draftOf, type Draft, type Hole } from './bounds/draft.ts';
import { boundStatement, isWhole, type BoundStatement } from './bounds/statement-bounds.ts';
import type { BoundedPolicy, UnknownPart } from './types.ts';

/**
 * The policy in a value of Terraform: a document, its JSON, or JSON with unknown parts; statements stand at their origins.
 * Whatever the unknown values turn out to be, `most` allows at least and `least` at most what the real policy allows. A
 * statement that cannot be read is in neither, and is named in `unknowns`.
 */
export function fromTerraform(value: TfValue, name: string): BoundedPolicy {
  const draft = withVersion(draftOf(value));
  const { root } = draft;
  if (isWhole(root, draft)) {
    const { policy, problems } = policyFrom(root, name);
    return { most: policy, least: policy, unknowns: problems.map(({ message, at }) => part(message, at)) };
  }
  const found = bounds(draft);
  const policy = (statements: readonly IamStatement[]): IamPolicy => ({
    version: found.version,
    name,
    statements,
    at: root.at,
  });
  const same = JSON.stringify(found.most) === JSON.stringify(found.least);
  const most = policy(found.most);
  return { most, least: same ? most : policy(found.least), unknowns: found.unknowns };
}

interface Bounds {
  readonly version: IamPolicy['version'];
  readonly most: IamStatement[];
  readonly least: IamStatement[];
  readonly unknowns: UnknownPart[];
}

function bounds(draft: Draft): Bounds {
  const { root } = draft;
  const problems = new PolicyProblems();
  const version = hasOpenVersion(draft) ? '2012-10-17' : readVersion(root, problems);
  const found: Bounds = {
    version: version ?? '2008-10-17',
    most: [],
    least: [],
    unknowns: unknownParts(draft),
  };
  const list = child(root, 'Statement');
  const outer = draft.holes.get(root) ?? (list === undefined ? undefined : draft.holes.get(list));
  if (outer !== undefined) {
    addAnything(found, 0, outer.at);
    return found;
  }
  const frame = root.kind === 'map' ? root.entries.filter(({ key }) => key !== 'Statement' && key !== 'Id') : [];
  if (list === undefined) problems.add('a policy must have a Statement', root.at);
  const items = list === undefined || version === undefined ? [] : list.kind === 'list' ? list.items : [list];
  for (const [index, statement] of items.entries()) addStatement(found, statement, index, draft, problems);
  for (const { key, keyAt } of frame) if (key !== 'Version') problems.add(`a policy has no element ${key}`, keyAt);
  found.unknowns.push(...problems.all.map(({ message, at }) => part(message, at)));
  return found;
}

function addStatement(found: Bounds, node: YamlNode, index: number, draft: Draft, problems: PolicyProblems): void {
  if (node.kind !== 'map') {
    if (draft.holes.has(node)) addAnything(found, index, node.at);
    else problems.add('a statement must be an object', node.at);
    return;
  }
  if (node.entries.some((entry) => draft.openKeys.has(entry))) return addAnything(found, index, node.at);
  const read = ({ statement, conditions }: BoundStatement, into: IamStatement[]) => {
    const before = problems.count;
    const result = readStatement(statement, index, problems);
    const all = [...(result?.conditions ?? []), ...conditions.flatMap((each) => readConditions(each, problems))];
    if (result !== undefined && problems.count === before) into.push({ ...result, conditions: all });
  };
  const effect = child(node, 'Effect');
  if (effect !== undefined && draft.holes.has(effect)) {
    // It may be either: then it is the one that moves the bound.
    for (const statement of boundStatement(node, true, draft)) {
      read(withEffect(statement, 'Allow'), found.most);
      read(withEffect(statement, 'Deny'), found.least);
    }
    return;
  }
  const allows = textAt(node, 'Effect') === 'Allow';
  if (isWhole(node, draft)) {
    const whole: IamStatement[] = [];
    read({ statement: node, conditions: [] }, whole);
    found.most.push(...whole);
    found.least.push(...whole);
    return;
  }
  for (const statement of boundStatement(node, allows, draft)) read(statement, found.most);
  for (const statement of boundStatement(node, !allows, draft)) read(statement, found.least);
}

/** A statement of which nothing is known may allow anything to anybody, and may deny it. */
function addAnything(found: Bounds, index: number, at: SourceLocation): void {
  const anything = {
    index,
    principals: { negated: false, principals: [{ type: 'AWS', value: '*' }] },
    actions: { negated: false, patterns: ['*'] },
    resources: { negated: false, patterns: ['*'] },
    conditions: [],
    at,
  } as const;
  found.most.push({ ...anything, effect: 'Allow' });
  found.least.push({ ...anything, effect: 'Deny' });
}

function withEffect(bound: BoundStatement, effect: IamStatement['effect']): BoundStatement {
  const entries = bound.statement.entries.map((entry) =>
    entry.key === 'Effect'
      ? { ...entry, value: { kind: 'scalar' as const, at: entry.value.at, value: effect } }
      : entry,
  );
  return { ...bound, statement: { ...bound.statement, entries } };
}

/** Where the version is not known, nobody knows whether `${…}` is a variable: texts with one become holes. */
function withVersion(draft: Draft): Draft {
  if (!hasOpenVersion(draft)) return draft;
  const holes = new Map(draft.holes);
  const openKeys = new Map(draft.openKeys);
  const openEntry = (entry: YamlEntry): YamlEntry => {
    const opened = { ...entry, value: open(entry.value) };
    const hole = openKeys.get(entry);
    if (hole !== undefined) openKeys.set(opened, hole);
    return opened;
  };
  const open = (node: YamlNode): YamlNode => {
    if (node.kind === 'list') return { ...node, items: node.items.map(open) };
    if (node.kind === 'map') return { ...node, entries: node.entries.map(openEntry) };
    if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
    const why = 'the version of the policy language is not known';
    const hole: YamlNode = { kind: 'scalar', at: node.at, value: null, unknown: why };
    holes.set(hole, { why, at: node.at, form: `${node.value.slice(0, node.value.indexOf('${'))}*`, single: true });
    return hole;
  };
  return { root: open(draft.root), holes, openKeys };
}

function hasOpenVersion({ root, holes }: Draft): boolean {
  const version = child(root, 'Version');
  return version !== undefined && holes.has(version);
}

function unknownParts({ holes, openKeys }: Draft): UnknownPart[] {
  const parts = new Map<string, UnknownPart>();
  for (const { why, at } of [...holes.values(), ...openKeys.values()] satisfies Hole[])
    parts.set(JSON.stringify([why, at]), part(why, at));
  return [...parts.values()];
}

function part(why: string, at: SourceLocation | undefined): UnknownPart {
  return { why, ...(at === undefined ? {} : { at }) };
}

function textAt(node: YamlNode, key: string): string | undefined {
  const found = child(node, key);
  return found?.kind === 'scalar' && typeof found.value === 'string' ? found.value : undefined;
}
