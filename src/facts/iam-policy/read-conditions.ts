import type { YamlEntry, YamlNode } from '../../lib/yaml/index.ts';
import { repeated, type PolicyProblems } from './problems.ts';
import { readConditionValues } from './read-texts.ts';
import { CONDITION_OPERATORS, type ConditionOperator, type IamCondition } from './types.ts';

/** `Condition`: operators, each with keys, each with one value or a list. */
export function readConditions(node: YamlNode, problems: PolicyProblems): IamCondition[] {
  if (node.kind !== 'map') {
    problems.add('Condition must be an object of operators', node.at);
    return [];
  }
  for (const entry of repeated(node.entries)) problems.add(`${entry.key} stands twice`, entry.keyAt);
  return node.entries.flatMap((entry) => readTest(entry, problems));
}

function readTest({ key: written, keyAt, value: keys }: YamlEntry, problems: PolicyProblems): IamCondition[] {
  const test = readOperator(written);
  if (test === undefined) {
    problems.add(`there is no condition operator ${written}`, keyAt);
    return [];
  }
  if (keys.kind !== 'map') {
    problems.add(`${written} must be an object of context keys`, keys.at);
    return [];
  }
  for (const entry of repeated(keys.entries)) problems.add(`${entry.key} stands twice in ${written}`, entry.keyAt);
  return keys.entries.map(({ key, keyAt: at, value }) => {
    const values = readConditionValues(value, key, problems);
    return { ...test, key, values, at: { ...at, endLine: value.at.endLine, endColumn: value.at.endColumn } };
  });
}

/** Operators without case, because AWS takes them so. */
const BY_NAME: ReadonlyMap<string, ConditionOperator> = new Map(
  CONDITION_OPERATORS.map((operator) => [operator.toLowerCase(), operator]),
);

/** An operator with its prefix and suffix; undefined where there is none of this name. */
export function readOperator(written: string): Pick<IamCondition, 'operator' | 'ifExists' | 'quantifier'> | undefined {
  const [, prefix, name = '', suffix] =
    /^(?:for(allvalues|anyvalue):)?([a-z]+?)(ifexists)?$/.exec(written.toLowerCase()) ?? [];
  const operator = BY_NAME.get(name);
  const ifExists = suffix !== undefined;
  // Null asks for existence itself.
  if (operator === undefined || (operator === 'Null' && ifExists)) return undefined;
  if (prefix === undefined) return { operator, ifExists };
  return { operator, ifExists, quantifier: prefix === 'allvalues' ? 'all' : 'any' };
}
