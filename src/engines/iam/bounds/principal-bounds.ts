import type { YamlEntry, YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { Draft, Hole } from './draft.ts';

/** One of the statements that a statement is split into: its `Principal`, and conditions beside its own. */
export interface PrincipalAlternative {
  readonly entry?: YamlEntry;
  readonly conditions: readonly YamlNode[];
}

/**
 * `Principal` without holes, as the alternatives that a statement is split into, because one that is not known becomes `*` with
 * a condition on what is known of its ARN. None where nobody is sure to be meant.
 */
export function boundPrincipals(entry: YamlEntry, wide: boolean, draft: Draft): readonly PrincipalAlternative[] {
  const { at } = entry.value;
  const anybody = { ...entry, key: 'Principal', value: scalar('*', at) };
  const { known, holes } = divide(entry.value, draft);
  if (holes.length === 0) return [{ entry, conditions: [] }];
  if (entry.key === 'NotPrincipal') {
    // Whoever is not known is spared (narrow), or is not (wide).
    if (!wide) return [];
    return [{ entry: known === undefined ? anybody : { ...entry, value: known }, conditions: [] }];
  }
  const sure = known === undefined ? [] : [{ entry: { ...entry, value: known }, conditions: [] }];
  if (!wide) return sure;
  return [...sure, ...holes.map(({ type, hole }) => widest({ type, hole }, entry, anybody))];
}

interface OpenPrincipal {
  readonly type: string;
  readonly hole: Hole;
}

/** The principals that are known, and those that are not. */
function divide(
  value: YamlNode,
  draft: Draft,
): { readonly known: YamlNode | undefined; readonly holes: readonly OpenPrincipal[] } {
  const whole = draft.holes.get(value);
  if (whole !== undefined) return { known: undefined, holes: [{ type: '', hole: whole }] };
  if (value.kind !== 'map') return { known: value, holes: [] };
  const holes: OpenPrincipal[] = [];
  const entries = value.entries.flatMap((entry): YamlEntry[] => {
    const open = draft.openKeys.get(entry);
    if (open !== undefined) holes.push({ type: '', hole: open });
    const items = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    const known = items.filter((item) => {
      const hole = draft.holes.get(item);
      if (hole !== undefined) holes.push({ type: entry.key, hole });
      return hole === undefined;
    });
    if (open !== undefined) return [];
    if (known.length === items.length) return [entry];
    return known.length === 0 ? [] : [{ ...entry, value: { kind: 'list', at: entry.value.at, items: known } }];
  });
  return { known: entries.length === 0 ? undefined : { ...value, entries }, holes };
}

/** Whoever may be meant. An ARN of a user or role is known by aws:PrincipalArn, which sessions have as well. */
function widest({ type, hole }: OpenPrincipal, entry: YamlEntry, anybody: YamlEntry): PrincipalAlternative {
  const { at } = hole;
  if (type === 'Service')
    return { entry: { ...entry, value: map(at, [['Service', scalar('*', at)]]) }, conditions: [] };
  const isArn = type === 'AWS' && hole.single && /^arn:[^*]*:iam::[^*]*:(?:user|role)\//.test(hole.form);
  const byArn = map(at, [['StringLike', map(at, [['aws:PrincipalArn', scalar(hole.form, at)]])]]);
  return { entry: anybody, conditions: isArn ? [byArn] : [] };
}

function scalar(value: string, at: SourceLocation): YamlNode {
  return { kind: 'scalar', at, value };
}

function map(at: SourceLocation, entries: readonly (readonly [string, YamlNode])[]): YamlNode {
  return { kind: 'map', at, entries: entries.map(([key, value]) => ({ key, keyAt: at, value })) };
}
