import type { HclExpression } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { isOpen } from './access.ts';
import { firstUnknown, isWhollyKnown } from './compare.ts';
import { toBoolean, toText } from './conversions.ts';
import { bind, type Environment } from './environment.ts';
import type { Evaluate } from './expression.ts';
import { list, number, object, sensitiveAs, text, unknown } from './make.ts';
import { elementStep, step } from './origins.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

type For = HclExpression & { readonly kind: 'for' };

/** `[for k, v in c : v if …]` and `{for k, v in c : k => v...}`, https://developer.hashicorp.com/terraform/language/expressions/for. */
export function evaluateFor(expression: For, environment: Environment, evaluate: Evaluate): TfValue {
  const collection = evaluate(expression.collection, environment);
  const origin = step('for', expression.at, collection.origin);
  const elements = iterate(collection, expression.collection.at);
  if (elements === undefined) {
    const why =
      collection.kind === 'unknown' ? collection.why : `attributes of ${collection.origin.what} known after apply`;
    return sensitiveAs(unknown(why, origin, { type: expression.key === undefined ? 'list' : 'object' }), collection);
  }
  const items: TfValue[] = [];
  const groups = new Map<string, TfValue[]>();
  for (const { key, value } of elements) {
    const outer = expression.keyName === undefined ? environment : bind(environment, expression.keyName, key);
    const inner = bind(outer, expression.valueName, value);
    const wanted = expression.condition === undefined ? undefined : holds(expression.condition, inner, evaluate);
    if (wanted?.kind === 'unknown') return unknown(wanted.why, origin);
    if (wanted !== undefined && !(wanted.kind === 'bool' && wanted.value)) continue;
    if (expression.key === undefined) {
      items.push(evaluate(expression.value, inner));
      continue;
    }
    const name = toText(evaluate(expression.key, inner), expression.key.at);
    if (name.kind === 'unknown') return unknown(name.why, origin, { type: 'object' });
    if (name.kind !== 'string') throw new TerraformError('a key of an object must not be null', expression.key.at);
    const group = groups.get(name.value);
    const result = evaluate(expression.value, inner);
    if (group === undefined) groups.set(name.value, [result]);
    else if (expression.grouped) group.push(result);
    else throw new TerraformError(`two elements have the key ${JSON.stringify(name.value)}`, expression.key.at);
  }
  if (expression.key === undefined) return sensitiveAs(list(items, origin), collection);
  return sensitiveAs(
    object(
      [...groups].map(([name, group]) => [name, grouped(group, expression)] as const),
      origin,
    ),
    collection,
  );
}

function grouped(group: readonly TfValue[], expression: For): TfValue {
  const [first] = group;
  return expression.grouped || first === undefined ? list(group, step('for', expression.at)) : first;
}

function holds(condition: HclExpression, environment: Environment, evaluate: Evaluate): TfValue {
  const value = toBoolean(evaluate(condition, environment), condition.at);
  if (value.kind === 'null') throw new TerraformError('a condition must not be null', condition.at);
  return value;
}

/** The elements of a collection with their keys, in order; undefined where they are not known. */
export function iterate(
  collection: TfValue,
  at: SourceLocation,
): readonly { readonly key: TfValue; readonly value: TfValue }[] | undefined {
  if (collection.kind === 'unknown' || isOpen(collection)) return undefined;
  if (isUnordered(collection)) return undefined;
  const { origin } = collection;
  if (collection.kind === 'list') {
    return collection.items.map((item, index) => {
      const from = step('key', at, origin);
      const value = sensitiveAs({ ...item, origin: elementStep(`[${index}]`, at, origin, item.origin) }, collection);
      return { key: collection.isSet ? value : number(BigInt(index), from), value };
    });
  }
  if (collection.kind === 'object') {
    return [...collection.entries].map(([name, entry]) => ({
      key: sensitiveAs(text(name, step('key', at, entry.origin)), collection),
      value: sensitiveAs(
        { ...entry, origin: elementStep(`[${JSON.stringify(name)}]`, at, origin, entry.origin) },
        collection,
      ),
    }));
  }
  if (collection.kind === 'null') throw new TerraformError('a null value has no elements', at);
  throw new TerraformError(`a ${collection.kind} has no elements`, at);
}

/** Why {@link iterate} gives nothing. */
export function whyNotIterated(collection: TfValue): string {
  return firstUnknown(collection)?.why ?? `attributes of ${collection.origin.what} known after apply`;
}

/** A set whose order is not known before its elements are. */
export function isUnordered(value: TfValue): boolean {
  return value.kind === 'list' && value.isSet && value.items.length > 1 && !isWhollyKnown(value);
}
