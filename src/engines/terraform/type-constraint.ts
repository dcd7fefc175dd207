import type { HclExpression } from '../../lib/hcl/ast.ts';
import { literalText } from './configuration.ts';
import type { TfAttribute, TfType } from './types.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

const DEEPEST = 64;

/**
 * The type that a `type = …` argument means, https://developer.hashicorp.com/terraform/language/expressions/type-constraints;
 * `evaluate` gives the values of defaults in `optional(type, default)`.
 */
export function typeConstraint(
  expression: HclExpression,
  evaluate: (expression: HclExpression) => TfValue,
  depth = 0,
): TfType {
  if (depth > DEEPEST) throw new TerraformError('the type is nested too deeply', expression.at);
  if (expression.kind === 'variable') return named(expression.name, expression);
  const quoted = literalText(expression);
  // Terraform 0.11 wrote types as strings.
  if (quoted !== undefined) return named(quoted, expression);
  if (expression.kind !== 'call') throw new TerraformError('this is no type', expression.at);
  const [argument] = expression.args;
  if (argument === undefined || expression.args.length > 1)
    throw new TerraformError(`${expression.name}() takes one type`, expression.at);
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: expression.name, of: typeConstraint(argument, evaluate, depth + 1) };
    case 'tuple':
      if (argument.kind !== 'tuple') throw new TerraformError('tuple() takes a list of types', argument.at);
      return { kind: 'tuple', items: argument.items.map((item) => typeConstraint(item, evaluate, depth + 1)) };
    case 'object':
      return { kind: 'object', attributes: attributesOf(argument, evaluate, depth) };
    default:
      throw new TerraformError(`there is no type ${expression.name}()`, expression.at);
  }
}

function named(name: string, expression: HclExpression): TfType {
  if (name === 'string' || name === 'number' || name === 'bool' || name === 'any') return name;
  if (name === 'list' || name === 'map' || name === 'set') return { kind: name, of: 'any' };
  throw new TerraformError(`there is no type ${name}`, expression.at);
}

function attributesOf(
  expression: HclExpression,
  evaluate: (expression: HclExpression) => TfValue,
  depth: number,
): ReadonlyMap<string, TfAttribute> {
  if (expression.kind !== 'object') throw new TerraformError('object() takes names and types', expression.at);
  const attributes = new Map<string, TfAttribute>();
  for (const { key, value } of expression.entries) {
    const name = literalText(key) ?? (key.kind === 'variable' ? key.name : undefined);
    if (name === undefined) throw new TerraformError('the name of an attribute must be written out', key.at);
    attributes.set(name, attribute(value, evaluate, depth));
  }
  return attributes;
}

function attribute(
  expression: HclExpression,
  evaluate: (expression: HclExpression) => TfValue,
  depth: number,
): TfAttribute {
  if (expression.kind !== 'call' || expression.name !== 'optional')
    return { type: typeConstraint(expression, evaluate, depth + 1) };
  const [type, fallback] = expression.args;
  if (type === undefined) throw new TerraformError('optional() takes a type', expression.at);
  const result = { type: typeConstraint(type, evaluate, depth + 1), optional: true };
  return fallback === undefined ? result : { ...result, default: evaluate(fallback) };
}
