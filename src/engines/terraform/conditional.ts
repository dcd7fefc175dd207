import type { HclExpression } from '../../lib/hcl/ast.ts';
import { equalValues } from './compare.ts';
import { toBoolean, unified } from './conversions.ts';
import type { Environment } from './environment.ts';
import type { Evaluate } from './expression.ts';
import { sensitiveAs, unknown } from './make.ts';
import { step } from './origins.ts';
import type { Constraint, TfValue } from './value.ts';
import { TerraformError } from './value.ts';

/** `condition ? a : b`: both sides get one type; errors of the side that is not taken do not matter. */
export function evaluateConditional(
  expression: HclExpression & { readonly kind: 'conditional' },
  environment: Environment,
  evaluate: Evaluate,
): TfValue {
  const { at } = expression;
  const condition = toBoolean(evaluate(expression.condition, environment), expression.condition.at);
  if (condition.kind === 'null') throw new TerraformError('a condition must not be null', expression.condition.at);
  if (condition.kind === 'bool') {
    const [taken, other] = condition.value ? [expression.then, expression.else] : [expression.else, expression.then];
    const value = evaluate(taken, environment);
    const alternative = attempt(other, environment, evaluate);
    return sensitiveAs(alternative === undefined ? value : unified(value, alternative), condition);
  }
  const left = evaluate(expression.then, environment);
  const right = evaluate(expression.else, environment);
  const one = unified(left, right);
  if (equalValues(one, unified(right, left)) === true) return sensitiveAs(one, condition, right);
  const origin = step('conditional', at, condition.origin);
  return sensitiveAs(unknown(condition.why, origin, common(one, unified(right, left))), left, right, condition);
}

function attempt(expression: HclExpression, environment: Environment, evaluate: Evaluate): TfValue | undefined {
  try {
    return evaluate(expression, environment);
  } catch (error) {
    if (error instanceof TerraformError) return undefined;
    throw error;
  }
}

/** What holds of both sides. */
function common(left: TfValue, right: TfValue): Constraint | undefined {
  const a = typeOf(left);
  const b = typeOf(right);
  const notNull = isNotNull(left) && isNotNull(right);
  const type = left.kind === 'null' ? b : right.kind === 'null' || a === b ? a : undefined;
  if (type === undefined) return notNull ? { notNull } : undefined;
  return { type, ...(notNull ? { notNull } : {}) };
}

function typeOf(value: TfValue): Constraint['type'] {
  if (value.kind === 'unknown') return value.constraint?.type;
  return value.kind === 'null' ? undefined : value.kind;
}

function isNotNull(value: TfValue): boolean {
  return value.kind === 'unknown' ? value.constraint?.notNull === true : value.kind !== 'null';
}
