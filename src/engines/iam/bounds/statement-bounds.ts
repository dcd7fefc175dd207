import type { YamlEntry, YamlMap, YamlNode } from '../../../lib/yaml/index.ts';
import { boundConditions, NOTHING } from './condition-bounds.ts';
import type { Draft } from './draft.ts';
import { boundPrincipals, type PrincipalAlternative } from './principal-bounds.ts';

/** A statement whose `Condition` stands apart, in parts that must all hold. */
export interface BoundStatement {
  readonly statement: YamlMap;
  readonly conditions: readonly YamlNode[];
}

/**
 * A statement without holes, in one or several: `wide` they match at least what the real one matches, otherwise at most; none
 * where nothing is sure to match. A negated element goes the other way.
 */
export function boundStatement(statement: YamlMap, wide: boolean, draft: Draft): BoundStatement[] {
  const entries: YamlEntry[] = [];
  const conditions: YamlNode[] = [];
  let alternatives: readonly PrincipalAlternative[] = [{ conditions: [] }];
  for (const entry of statement.entries) {
    switch (entry.key) {
      case 'Sid':
        if (!draft.holes.has(entry.value)) entries.push(entry);
        break;
      case 'Action':
      case 'NotAction':
      case 'Resource':
      case 'NotResource': {
        const bound = boundPatterns(entry, wide, draft);
        if (bound === NOTHING) return [];
        entries.push(bound);
        break;
      }
      case 'Principal':
      case 'NotPrincipal':
        alternatives = boundPrincipals(entry, wide, draft);
        break;
      case 'Condition': {
        const bound = boundConditions(entry.value, wide, draft);
        if (bound === NOTHING) return [];
        conditions.push(...bound);
        break;
      }
      default:
        entries.push(entry);
    }
  }
  return alternatives.map((who) => ({
    statement: { ...statement, entries: who.entry === undefined ? entries : [...entries, who.entry] },
    conditions: [...conditions, ...who.conditions],
  }));
}

/** Whether every part of a node is known. */
export function isWhole(node: YamlNode, draft: Draft): boolean {
  if (node.kind === 'scalar') return !draft.holes.has(node);
  if (node.kind === 'list') return node.items.every((item) => isWhole(item, draft));
  return node.entries.every((entry) => !draft.openKeys.has(entry) && isWhole(entry.value, draft));
}

function boundPatterns(entry: YamlEntry, wide: boolean, draft: Draft): YamlEntry | typeof NOTHING {
  const { key, value } = entry;
  const negated = key.startsWith('Not');
  const items = value.kind === 'list' ? value.items : [value];
  if (items.every((item) => !draft.holes.has(item))) return entry;
  const isAction = key.endsWith('Action');
  // More patterns: a positive element matches more, a negated one less.
  const more = wide !== negated;
  const bound = items.flatMap((item): YamlNode[] => {
    const hole = draft.holes.get(item);
    if (hole === undefined) return [item];
    if (!more) return [];
    const form = isAction && !/^[^:]+:[^:]+$/.test(hole.form) ? '*' : hole.form;
    return [{ kind: 'scalar', at: item.at, value: hole.single || value.kind === 'list' ? form : '*' }];
  });
  if (bound.length > 0) return { ...entry, value: { kind: 'list', at: value.at, items: bound } };
  if (!wide) return NOTHING;
  return { ...entry, key: isAction ? 'Action' : 'Resource', value: { kind: 'scalar', at: value.at, value: '*' } };
}
