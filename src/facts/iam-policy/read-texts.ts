import type { YamlNode } from '../../lib/yaml/index.ts';
import type { PolicyProblems } from './problems.ts';

/** A string or a list of strings that is not empty; what is something else is a problem. */
export function readTexts(node: YamlNode, what: string, problems: PolicyProblems): string[] {
  return readItems(node, what, 'a string', problems, (value) => (typeof value === 'string' ? value : undefined));
}

/** The values of a condition: strings, numbers or booleans, one or a list. */
export function readConditionValues(node: YamlNode, what: string, problems: PolicyProblems): string[] {
  return readItems(node, what, 'a string, number or boolean', problems, (value) =>
    value === null ? undefined : String(value),
  );
}

function readItems(
  node: YamlNode,
  what: string,
  wanted: string,
  problems: PolicyProblems,
  take: (value: string | number | boolean | null) => string | undefined,
): string[] {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0) problems.add(`${what} is empty`, node.at);
  return items.flatMap((item) => {
    const text = item.kind === 'scalar' && item.unknown === undefined ? take(item.value) : undefined;
    if (text === undefined) problems.add(`${what} must be ${wanted}, or a list of them`, item.at);
    return text === undefined ? [] : [text];
  });
}
