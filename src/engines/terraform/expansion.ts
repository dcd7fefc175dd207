import type { SourceLocation } from '../../model/index.ts';
import { isOpen } from './access.ts';
import type { Block } from './configuration.ts';
import { toNumeric } from './conversions.ts';
import { bind, type Environment } from './environment.ts';
import { list, nothing, number, object, text, unknown } from './make.ts';
import { elementStep, step } from './origins.ts';
import type { TfUnknown, TfValue } from './value.ts';
import { TerraformError } from './value.ts';
import { evaluateSafely, safely, type Problems } from './world.ts';

/** The instances that `count` or `for_each` make of a block. */
export type Expansion =
  | { readonly kind: 'single' }
  | { readonly kind: 'count'; readonly size: number; readonly origin: TfValue['origin'] }
  | { readonly kind: 'each'; readonly elements: ReadonlyMap<string, TfValue>; readonly origin: TfValue['origin'] }
  /** How many there are is not known; one stands for all. */
  | { readonly kind: 'unknown'; readonly by: 'count' | 'for_each'; readonly hole: TfUnknown };

/** Key of an instance: undefined for a single one; `unknown` stands for every one of an unknown expansion. */
export type InstanceKey = string | number | undefined | { readonly unknown: string };

/** https://developer.hashicorp.com/terraform/language/meta-arguments/for_each and count. */
export function expansionOf(block: Block, environment: Environment, problems: Problems): Expansion {
  const count = block.attributes.get('count');
  const each = block.attributes.get('for_each');
  const argument = each ?? count;
  if (argument === undefined) return { kind: 'single' };
  const { at } = argument.value;
  const by = each === undefined ? 'count' : 'for_each';
  let result: Expansion | undefined;
  const failure = safely(
    () => {
      const value = evaluateSafely(argument.value, environment, problems);
      result = by === 'count' ? byCount(value, at, environment) : byEach(value, at, environment);
      return value;
    },
    at,
    problems,
  );
  if (result !== undefined) return result;
  const origin = step(by, at, failure.origin);
  const hole = unknown(failure.kind === 'unknown' ? failure.why : `${by} is not valid`, origin);
  return { kind: 'unknown', by, hole };
}

function byCount(value: TfValue, at: SourceLocation, environment: Environment): Expansion {
  const size = toNumeric(value, at);
  if (size.kind === 'unknown') return { kind: 'unknown', by: 'count', hole: size };
  if (size.kind === 'null') throw new TerraformError('count must not be null', at);
  if (typeof size.value !== 'bigint' || size.value < 0n)
    throw new TerraformError('count must be a whole number, zero or more', at);
  environment.scope.budget.spend(Number(size.value) * 20);
  return { kind: 'count', size: Number(size.value), origin: value.origin };
}

function byEach(value: TfValue, at: SourceLocation, environment: Environment): Expansion {
  if (value.kind === 'unknown') return { kind: 'unknown', by: 'for_each', hole: value };
  if (isOpen(value)) {
    return {
      kind: 'unknown',
      by: 'for_each',
      hole: unknown(`attributes of ${value.origin.what} known after apply`, value.origin),
    };
  }
  if (value.kind === 'object') {
    environment.scope.budget.spend(value.entries.size * 20);
    return { kind: 'each', elements: value.entries, origin: value.origin };
  }
  if (value.kind !== 'list' || (!value.isSet && value.items.length > 0)) {
    throw new TerraformError('for_each must be a map or a set of strings', at);
  }
  const elements = new Map<string, TfValue>();
  for (const item of value.items) {
    if (item.kind === 'unknown') return { kind: 'unknown', by: 'for_each', hole: item };
    if (item.kind !== 'string') throw new TerraformError('for_each must be a map or a set of strings', at);
    elements.set(item.value, item);
  }
  return { kind: 'each', elements, origin: value.origin };
}

/** Every instance with the environment in which its block is evaluated. */
export function instancesOf(
  expansion: Expansion,
  environment: Environment,
  at: SourceLocation,
): readonly { readonly key: InstanceKey; readonly environment: Environment }[] {
  switch (expansion.kind) {
    case 'single':
      return [{ key: undefined, environment }];
    case 'count': {
      const { origin } = expansion;
      return Array.from({ length: expansion.size }, (_, index) => {
        const counted = object([['index', number(BigInt(index), step('count.index', at, origin))]], step('count', at));
        return { key: index, environment: bind(environment, 'count', counted) };
      });
    }
    case 'each':
      return [...expansion.elements].map(([key, element]) => {
        const from = elementStep('', at, expansion.origin, element.origin, 'each.value');
        const each = object(
          [
            ['key', text(key, step('each.key', at, element.origin))],
            ['value', { ...element, origin: from }],
          ],
          step('each', at),
        );
        return { key, environment: bind(environment, 'each', each) };
      });
    case 'unknown': {
      const { hole, by } = expansion;
      const part = (name: string, type?: 'string' | 'number') =>
        [
          name,
          unknown(
            hole.why,
            step(`${by === 'count' ? 'count' : 'each'}.${name}`, at, hole.origin),
            type === undefined ? undefined : { type, notNull: true },
          ),
        ] as const;
      const parts = by === 'count' ? [part('index', 'number')] : [part('key', 'string'), part('value')];
      const bound = object(parts, step(by, at));
      return [{ key: { unknown: hole.why }, environment: bind(environment, by === 'count' ? 'count' : 'each', bound) }];
    }
  }
}

/** `["k"]`, `[0]`, `[*]` where the keys are not known, nothing for a single instance. */
export function keySuffix(key: InstanceKey): string {
  if (key === undefined) return '';
  if (typeof key === 'object') return '[*]';
  return typeof key === 'number' ? `[${key}]` : `[${JSON.stringify(key)}]`;
}

/** The key as an index is written: `k`, `0`. */
export function keyText(key: InstanceKey): string {
  return typeof key === 'string' || typeof key === 'number' ? String(key) : '*';
}

/** What a reference to the whole block gives: one value, a list, or an object by key. */
export function collectionOf(
  expansion: Expansion,
  values: readonly TfValue[],
  keys: readonly InstanceKey[],
  origin: TfValue['origin'],
): TfValue {
  switch (expansion.kind) {
    case 'single':
      return values[0] ?? nothing(origin);
    case 'count':
      return list(values, origin);
    case 'each':
      return object(
        values.map((value, index) => [keyText(keys[index]), value] as const),
        origin,
      );
    case 'unknown':
      return unknown(expansion.hole.why, { ...origin, from: [expansion.hole.origin] });
  }
}
