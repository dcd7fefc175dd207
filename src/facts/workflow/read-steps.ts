import { child, entriesOf, itemsOf, textOf, type YamlNode } from '../../lib/yaml/index.ts';
import type { Located, Step } from './types.ts';

/** A scalar with its place, also one whose value is not known; undefined for anything else. */
export function located(node: YamlNode | undefined): Located | undefined {
  if (node?.kind === 'scalar' && node.unknown !== undefined) return { text: '', at: node.at, unknown: node.unknown };
  const text = textOf(node);
  if (text === undefined || node?.kind !== 'scalar') return undefined;
  return { text, at: node.at, ...(node.content === undefined ? {} : { content: node.content }) };
}

/** The scalars of a map by key. */
export function locatedMap(node: YamlNode | undefined): ReadonlyMap<string, Located> {
  const map = new Map<string, Located>();
  for (const { key, value } of entriesOf(node)) {
    const entry = located(value);
    if (entry !== undefined) map.set(key, entry);
  }
  return map;
}

/** `{ [key]: value }`, or nothing where there is no value: for optional properties. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

/** The steps of a job or of a composite action; `folder` is the working directory of steps that set none. */
export function readSteps(node: YamlNode | undefined, folder?: string): Step[] {
  return itemsOf(node).map((step, index) => ({
    index,
    at: step.at,
    with: locatedMap(child(step, 'with')),
    env: locatedMap(child(step, 'env')),
    ...optional('id', textOf(child(step, 'id'))),
    ...optional('name', textOf(child(step, 'name'))),
    ...optional('condition', located(child(step, 'if'))),
    ...optional('continueOnError', located(child(step, 'continue-on-error'))),
    ...optional('uses', located(child(step, 'uses'))),
    ...optional('run', located(child(step, 'run'))),
    ...optional('shell', textOf(child(step, 'shell'))),
    ...optional('workingDirectory', textOf(child(step, 'working-directory')) ?? folder),
  }));
}
