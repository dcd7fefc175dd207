/** Values of Terraform as nodes of a Kubernetes object. */

import type { YamlNode } from '../../../lib/yaml/index.ts';
import type { SourceLocation } from '../../../model/index.ts';
import { placeInRepository } from '../origins.ts';
import type { TfValue } from '../value.ts';

const DEEPEST = 100;
const MOST_NODES = 200_000;

/** Bounds the nodes made for one resource: a value may share its parts, nodes do not. */
export interface NodeBudget {
  left: number;
}

export function nodeBudget(): NodeBudget {
  return { left: MOST_NODES };
}

/** A value as it stands, keys unchanged; parts that are not known are unknown nodes. `route` starts with the resource's address. */
export function nodeOf(value: TfValue, route: string, budget: NodeBudget, depth = 0): YamlNode {
  const at = placeOf(value, route);
  if (--budget.left < 0 || depth > DEEPEST) return unknownNode('the value is too large or nested too deeply', at);
  switch (value.kind) {
    case 'unknown':
      return unknownNode(value.why, at);
    case 'null':
      return { kind: 'scalar', at, value: null };
    case 'number':
      return { kind: 'scalar', at, value: plainNumber(value.value) };
    case 'list':
      return {
        kind: 'list',
        at,
        items: value.items.map((item, index) => nodeOf(item, `${route}[${index}]`, budget, depth + 1)),
      };
    case 'object':
      return {
        kind: 'map',
        at,
        entries: [...value.entries].map(([key, item]) =>
          entry(key, nodeOf(item, below(route, key), budget, depth + 1)),
        ),
      };
    default:
      return { kind: 'scalar', at, value: value.value };
  }
}

export function unknownNode(why: string, at: SourceLocation): YamlNode {
  return { kind: 'scalar', at, value: null, unknown: why };
}

/** An entry whose key stands where its value does: Terraform's values do not keep places of keys. */
export function entry(key: string, value: YamlNode): { key: string; keyAt: SourceLocation; value: YamlNode } {
  return { key, keyAt: value.at, value };
}

export function placeOf(value: TfValue, route: string): SourceLocation {
  return { ...placeInRepository(value.origin), route };
}

/** `address key` below a resource, `address a.key` below a node. */
export function below(route: string, key: string): string {
  return `${route}${isAddress(route) ? ' ' : '.'}${key}`;
}

/** Whether nothing of a path stands behind the address yet; instance keys may hold spaces. */
function isAddress(route: string): boolean {
  return !route.replaceAll(/\["(?:[^"\\]|\\.)*"\]/g, '').includes(' ');
}

function plainNumber(value: bigint | number): number | string {
  if (typeof value === 'number') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
