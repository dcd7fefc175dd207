import type { HclExpression } from '../../lib/hcl/ast.ts';
import { callFunction } from './call.ts';
import { evaluateConditional } from './conditional.ts';
import { toText } from './conversions.ts';
import { bind, type Environment } from './environment.ts';
import { evaluateFor, isUnordered, whyNotIterated } from './for-expression.ts';
import { bool, list, nothing, number, object, sensitiveAs, text, unknown } from './make.ts';
import { binary, unary } from './operators.ts';
import { step } from './origins.ts';
import { evaluateReference } from './reference.ts';
import { evaluateTemplate } from './template.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** Evaluates expressions; given to the files of the single forms, which evaluate their parts with it. */
export type Evaluate = (expression: HclExpression, environment: Environment) => TfValue;

/** The value of an expression, https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions; throws TerraformError and TerraformBudget. */
export function evaluate(expression: HclExpression, environment: Environment): TfValue {
  const { budget } = environment.scope;
  budget.spend(5);
  budget.enter();
  try {
    return dispatch(expression, environment);
  } finally {
    budget.leave();
  }
}

function dispatch(expression: HclExpression, environment: Environment): TfValue {
  const { at } = expression;
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value, expression);
    case 'template':
      return evaluateTemplate(expression.parts, at, environment, evaluate);
    case 'tuple':
      return list(
        expression.items.map((item) => evaluate(item, environment)),
        step('literal', at),
      );
    case 'object':
      return evaluateObject(expression, environment);
    case 'variable':
    case 'attribute':
    case 'index':
      return evaluateReference(expression, environment, evaluate);
    case 'splat':
      return evaluateSplat(expression, environment);
    case 'call':
      return callFunction(expression, environment, evaluate);
    case 'unary':
      return unary(expression.operator, evaluate(expression.of, environment), at);
    case 'binary':
      return binary(expression, environment, evaluate);
    case 'conditional':
      return evaluateConditional(expression, environment, evaluate);
    case 'for':
      return evaluateFor(expression, environment, evaluate);
    case 'broken':
      return unknown('the expression could not be parsed', step('unparsed text', at));
  }
}

function literal(value: string | number | bigint | boolean | null, { at }: HclExpression): TfValue {
  const origin = step('literal', at);
  if (value === null) return nothing(origin);
  if (typeof value === 'string') return text(value, origin);
  return typeof value === 'boolean' ? bool(value, origin) : number(value, origin);
}

function evaluateObject(expression: HclExpression & { readonly kind: 'object' }, environment: Environment): TfValue {
  const origin = step('literal', expression.at);
  const entries = new Map<string, TfValue>();
  let marked: TfValue | undefined;
  for (const { key, value } of expression.entries) {
    const name = evaluate(key, environment);
    if (name.kind === 'null') throw new TerraformError('a key of an object must not be null', key.at);
    if (name.kind === 'unknown')
      return unknown(name.why, step('object', expression.at, name.origin), { type: 'object' });
    const known = toText(name, key.at);
    if (known.kind !== 'string') throw new TerraformError('a key of an object must be a string', key.at);
    if (name.sensitive === true) marked = name;
    entries.set(known.value, evaluate(value, environment));
  }
  const result = object(entries, origin);
  return marked === undefined ? result : sensitiveAs(result, marked);
}

/** `x[*].y`, `x.*.y`: null is no element, what is no list is one. */
function evaluateSplat(expression: HclExpression & { readonly kind: 'splat' }, environment: Environment): TfValue {
  const source = evaluate(expression.of, environment);
  const origin = step(`${source.origin.what}[*]`, expression.at, source.origin);
  if (source.kind === 'unknown' || isUnordered(source)) {
    return sensitiveAs(unknown(whyNotIterated(source), origin), source);
  }
  const items = source.kind === 'list' ? source.items : source.kind === 'null' ? [] : [source];
  const results = items.map((item) => evaluate(expression.each, bind(environment, '*', sensitiveAs(item, source))));
  return list(results, origin);
}
