import { descend, entriesOf, itemsOf, parseYaml, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { Combination } from './workflow-builds.ts';

/** GitHub's own limit on the jobs of a matrix. */
const MOST = 256;

/**
 * The combinations of a job's matrix (GitHub Actions, `jobs.<id>.strategy.matrix`), as far as they are literal.
 * One empty combination where there is no matrix, or where an expression makes it.
 */
export function matrixOf(path: string, workflow: string, job: string): readonly Combination[] {
  const [document] = parseYaml(path, workflow);
  const matrix = document?.ok === true ? descend(document.root, 'jobs', job, 'strategy', 'matrix') : undefined;
  if (matrix?.kind !== 'map') return [new Map()];
  let combinations = [new Map<string, string>()];
  let dimensions = 0;
  for (const { key, value } of matrix.entries) {
    if (key === 'include' || key === 'exclude') continue;
    if (value.kind !== 'list') return [new Map()];
    dimensions++;
    combinations = combinations
      .flatMap((before) =>
        value.items.slice(0, MOST).map((item) => new Map<string, string>([...before, ...flatten(key, item)])),
      )
      .slice(0, MOST);
  }
  const excluded = itemsOf(descend(matrix, 'exclude')).map((item) => flattenAll(item));
  combinations = combinations.filter(
    (combination) => !excluded.some((pattern) => pattern.size > 0 && holds(combination, pattern)),
  );
  return include(dimensions === 0 ? [] : combinations, itemsOf(descend(matrix, 'include')), dimensions > 0);
}

/** An entry of `include` extends every combination that it does not contradict, otherwise it is one of its own. */
function include(
  start: readonly Map<string, string>[],
  entries: readonly YamlNode[],
  hasDimensions: boolean,
): Combination[] {
  const originals = start.map((combination) => new Map(combination));
  const result = start.map((combination) => new Map(combination));
  for (const entry of entries.slice(0, MOST)) {
    const values = flattenAll(entry);
    const extended = originals.flatMap((original, index) => {
      const contradicts = [...values].some(([key, value]) => original.has(key) && original.get(key) !== value);
      return contradicts ? [] : [index];
    });
    for (const index of extended) for (const [key, value] of values) result[index]?.set(key, value);
    if (extended.length === 0 || !hasDimensions) result.push(new Map(values));
  }
  return result.length === 0 ? [new Map()] : result.slice(0, MOST);
}

function flattenAll(node: YamlNode): Map<string, string> {
  return new Map(entriesOf(node).flatMap(({ key, value }) => [...flatten(key, value)]));
}

function flatten(key: string, node: YamlNode): Map<string, string> {
  const text = textOf(node);
  if (text !== undefined) return new Map(text.includes('${{') ? [] : [[key, text]]);
  return new Map(entriesOf(node).flatMap((entry) => [...flatten(`${key}.${entry.key}`, entry.value)]));
}

function holds(combination: Combination, pattern: Combination): boolean {
  return [...pattern].every(([key, value]) => combination.get(key) === value);
}
