import { readOperator } from '../../../facts/iam-policy/read-conditions.ts';
import type { YamlEntry, YamlNode } from '../../../lib/yaml/index.ts';
import type { Draft } from './draft.ts';

/** The statement cannot be narrowed to something sure: it is left out. */
export const NOTHING = Symbol('nothing');

/**
 * `Condition` without holes, in parts that must all hold: `wide` they hold at least whenever the real one does, otherwise at most. What cannot be said about a
 * value is dropped from the condition (wide), or from the policy (NOTHING).
 */
export function boundConditions(node: YamlNode, wide: boolean, draft: Draft): readonly YamlNode[] | typeof NOTHING {
  if (draft.holes.has(node)) return wide ? [] : NOTHING;
  if (node.kind !== 'map') return [node];
  const parts: YamlNode[] = [];
  for (const test of node.entries) {
    if (draft.holes.has(test.value) || draft.openKeys.has(test)) {
      if (!wide) return NOTHING;
    } else if (test.value.kind !== 'map') parts.push({ ...node, entries: [test] });
    else {
      for (const entry of test.value.entries) {
        const bound = boundKey(test.key, entry, wide, draft);
        if (bound === NOTHING) return NOTHING;
        if (bound !== undefined) parts.push({ ...node, entries: [{ ...test, ...bound }] });
      }
    }
  }
  return parts;
}

/** One key of an operator, as an operator with that key alone. */
function boundKey(
  operator: string,
  entry: YamlEntry,
  wide: boolean,
  draft: Draft,
): Pick<YamlEntry, 'key' | 'value'> | typeof NOTHING | undefined {
  const alone = (key: string, value: YamlNode) => ({
    key,
    value: { kind: 'map' as const, at: entry.keyAt, entries: [{ ...entry, value }] },
  });
  const dropped = wide ? undefined : NOTHING;
  const { value } = entry;
  if (draft.openKeys.has(entry)) return dropped;
  const hole = draft.holes.get(value);
  if (hole?.single === false) return dropped;
  const items = value.kind === 'list' ? value.items : [value];
  const known = items.filter((item) => !draft.holes.has(item));
  if (known.length === items.length) return alone(operator, value);
  const negated = readOperator(operator)?.operator.includes('Not') ?? false;
  if (wide === negated) {
    // Fewer values: a positive operator holds less, a negated one more.
    return known.length === 0 ? dropped : alone(operator, { kind: 'list', at: value.at, items: known });
  }
  const like = likeOperator(operator);
  if (like === undefined) return dropped;
  const patterns = items.map((item): YamlNode => {
    const form = draft.holes.get(item)?.form;
    return form === undefined ? item : { kind: 'scalar', at: item.at, value: form };
  });
  return alone(like, { kind: 'list', at: value.at, items: patterns });
}

/** The operator on patterns that matches at least what this one matches with the same values; undefined where there is none. */
function likeOperator(written: string): string | undefined {
  const { operator, ifExists, quantifier } = readOperator(written) ?? {};
  if (operator === undefined || operator.endsWith('IgnoreCase')) return undefined;
  if (!operator.startsWith('String') && !operator.startsWith('Arn')) return undefined;
  const prefix = quantifier === undefined ? '' : quantifier === 'all' ? 'ForAllValues:' : 'ForAnyValue:';
  return `${prefix}${operator.includes('Not') ? 'StringNotLike' : 'StringLike'}${ifExists === true ? 'IfExists' : ''}`;
}
