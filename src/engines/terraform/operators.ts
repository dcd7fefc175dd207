import type { HclExpression } from '../../lib/hcl/ast.ts';
import type { SourceLocation } from '../../model/index.ts';
import { equalValues, firstUnknown } from './compare.ts';
import { toBoolean, toNumeric } from './conversions.ts';
import type { Environment } from './environment.ts';
import type { Evaluate } from './expression.ts';
import { bool, number, sensitiveAs, unknown } from './make.ts';
import { addNumbers, multiplyNumbers, negateNumber, type TfNumeric } from './number.ts';
import { step } from './origins.ts';
import type { Origin, TfValue } from './value.ts';
import { TerraformError } from './value.ts';

type Binary = HclExpression & { readonly kind: 'binary' };

/** `-x`, `!x`. */
export function unary(operator: '-' | '!', operand: TfValue, at: SourceLocation): TfValue {
  const value = operator === '-' ? toNumeric(operand, at) : toBoolean(operand, at);
  const origin = step(operator, at, operand.origin);
  if (value.kind === 'unknown') return { ...value, origin };
  if (value.kind === 'null') throw new TerraformError(`${operator} is applied to null`, at);
  return sensitiveAs(
    value.kind === 'bool' ? bool(!value.value, origin) : number(negateNumber(value.value), origin),
    operand,
  );
}

/** `a + b`, `a == b`, `a && b` ..., https://developer.hashicorp.com/terraform/language/expressions/operators. */
export function binary(expression: Binary, environment: Environment, evaluate: Evaluate): TfValue {
  const { operator, at } = expression;
  const left = evaluate(expression.left, environment);
  if (operator === '&&' || operator === '||') {
    return logical(operator, left, () => evaluate(expression.right, environment), expression);
  }
  const right = evaluate(expression.right, environment);
  const origin = step(operator, at, left.origin, right.origin);
  if (operator === '==' || operator === '!=') {
    const same = equal(expression, left, right);
    if (same !== undefined) return sensitiveAs(bool(same === (operator === '=='), origin), left, right);
    const why =
      (firstUnknown(left) ?? firstUnknown(right))?.why ?? 'a list is never equal to a tuple, nor a map to an object';
    return sensitiveAs(unknown(why, origin, { type: 'bool', notNull: true }), left, right);
  }
  return sensitiveAs(numeric(operator, operand(left, expression), operand(right, expression), at, origin), left, right);
}

type Arithmetic = Exclude<Binary['operator'], '&&' | '||' | '==' | '!='>;

function operand(value: TfValue, { operator, at }: Binary) {
  const numeric = toNumeric(value, at);
  if (numeric.kind === 'null') throw new TerraformError(`${operator} is applied to null`, at);
  return numeric;
}

function numeric(
  operator: Arithmetic,
  left: ReturnType<typeof operand>,
  right: ReturnType<typeof operand>,
  at: SourceLocation,
  origin: Origin,
): TfValue {
  const compares = operator === '<' || operator === '<=' || operator === '>' || operator === '>=';
  const missing = left.kind === 'unknown' ? left : right.kind === 'unknown' ? right : undefined;
  if (missing !== undefined) return unknown(missing.why, origin, { type: compares ? 'bool' : 'number', notNull: true });
  if (left.kind !== 'number' || right.kind !== 'number') throw new TerraformError('a number is needed', at);
  return compares
    ? bool(compare(operator, left.value, right.value), origin)
    : number(calculate(operator, left.value, right.value, at), origin);
}

function compare(operator: '<' | '<=' | '>' | '>=', left: TfNumeric, right: TfNumeric): boolean {
  if (operator === '<') return left < right;
  if (operator === '<=') return left <= right;
  return operator === '>' ? left > right : left >= right;
}

/** Terraform calculates with 512 bits; beyond that nothing here is exact. */
const LARGEST = 1n << 512n;

function calculate(
  operator: '+' | '-' | '*' | '/' | '%',
  left: TfNumeric,
  right: TfNumeric,
  at: SourceLocation,
): TfNumeric {
  if ((operator === '/' || operator === '%') && Number(right) === 0) throw new TerraformError('division by zero', at);
  const result = arithmetic(operator, left, right);
  if (typeof result === 'bigint' ? result > LARGEST || result < -LARGEST : !Number.isFinite(result)) {
    throw new TerraformError('the number is too large', at);
  }
  return result;
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: TfNumeric, right: TfNumeric): TfNumeric {
  if (operator === '+') return addNumbers(left, right);
  if (operator === '-') return addNumbers(left, negateNumber(right));
  if (operator === '*') return multiplyNumbers(left, right);
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (operator === '%') return left % right;
    if (left % right === 0n) return left / right;
  }
  return operator === '%' ? Number((Number(left) % Number(right)).toPrecision(15)) : Number(left) / Number(right);
}

/**
 * `==`, where undefined is not known. Terraform compares types, too: lists and tuples, maps and objects are never equal;
 * which of them a collection is, is known where it is written out or was converted to a type.
 */
function equal({ left, right }: Binary, one: TfValue, other: TfValue): boolean | undefined {
  const same = equalValues(one, other);
  if (same !== true || !isCollection(one) || !isCollection(other)) return same;
  const kinds = [isTyped(left, one), isTyped(right, other)];
  if (kinds.includes(undefined)) return undefined;
  if (kinds[0] !== kinds[1]) return false;
  // Two empty lists may still be lists of different types.
  return kinds[0] === true && isEmpty(one) ? undefined : true;
}

function isTyped(expression: HclExpression, value: TfValue): boolean | undefined {
  if (expression.kind === 'tuple' || expression.kind === 'object') return false;
  return (value.kind === 'list' || value.kind === 'object') && value.typed === true ? true : undefined;
}

function isCollection(value: TfValue): boolean {
  return (value.kind === 'list' && !value.isSet) || value.kind === 'object';
}

function isEmpty(value: TfValue): boolean {
  return (value.kind === 'list' && value.items.length === 0) || (value.kind === 'object' && value.entries.size === 0);
}

function logical(operator: '&&' | '||', left: TfValue, right: () => TfValue, { at }: Binary): TfValue {
  const decisive = operator === '||';
  const first = toBoolean(left, at);
  if (first.kind === 'null') throw new TerraformError(`${operator} is applied to null`, at);
  if (first.kind === 'bool' && first.value === decisive) return bool(decisive, step(operator, at, left.origin));
  const second = right();
  const last = toBoolean(second, at);
  const origin = step(operator, at, left.origin, second.origin);
  if (last.kind === 'null') throw new TerraformError(`${operator} is applied to null`, at);
  const missing = first.kind === 'unknown' ? first : last.kind === 'unknown' ? last : undefined;
  const decided = last.kind === 'bool' && last.value === decisive;
  const result =
    missing === undefined || decided
      ? bool(last.kind === 'bool' && last.value, origin)
      : unknown(missing.why, origin, { type: 'bool', notNull: true });
  return sensitiveAs(result, left, second);
}
