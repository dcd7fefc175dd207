import type { HclExpression } from '../../lib/hcl/ast.ts';
import { isOpen, holdsOpen } from './access.ts';
import { firstUnknown, isWhollyKnown } from './compare.ts';
import { constrainedResult } from './constraints.ts';
import type { Environment } from './environment.ts';
import type { Evaluate } from './expression.ts';
import { isUnordered, whyNotIterated } from './for-expression.ts';
import { FUNCTIONS } from './functions/index.ts';
import { bool, unknown } from './make.ts';
import { step } from './origins.ts';
import { isTraversal } from './reference.ts';
import type { TfValue } from './value.ts';
import { TerraformError } from './value.ts';

type Call = HclExpression & { readonly kind: 'call' };

/** `name(args...)`; `try` and `can` see the errors of their arguments. */
export function callFunction(expression: Call, environment: Environment, evaluate: Evaluate): TfValue {
  const name = expression.name.replace(/^core::/, '');
  if (name === 'try') return attempt(expression, environment, evaluate);
  if (name === 'can') return can(expression, environment, evaluate);
  const run = FUNCTIONS.get(name);
  if (run === undefined)
    throw new TerraformError(`there is no function named ${JSON.stringify(expression.name)}`, expression.at);

  const args = argumentsOf(expression, environment, evaluate);
  const origin = step(`${name}()`, expression.at, ...(Array.isArray(args) ? args : [args]).map((arg) => arg.origin));
  if (!Array.isArray(args)) return unknown(args.why, origin);
  const whole = WHOLE.has(name) ? args.find(isOpen) : ENCODERS.has(name) ? args.find(holdsOpen) : undefined;
  if (whole !== undefined) return unknown(`attributes of ${whole.origin.what} known after apply`, origin);
  try {
    const [first] = args;
    if (name === 'jsondecode' && first?.kind === 'unknown' && first.decoded !== undefined) return first.decoded;
    const result = run(args, { ...environment.scope.tools, origin });
    // A document keeps the places of its parts, and its known parts beside the unknown ones.
    const narrowed = result.kind === 'unknown' ? constrainedResult(name, args, result) : undefined;
    if (narrowed !== undefined) return narrowed;
    const isText = result.kind === 'unknown' || result.kind === 'string';
    return isText && ENCODERS.has(name) && first !== undefined ? { ...result, decoded: first } : result;
  } catch (error) {
    if (error instanceof TerraformError && error.at === undefined)
      throw new TerraformError(`${name}(): ${error.message}`, expression.at);
    throw error;
  }
}

/** Functions that see every attribute of a resource; those that the provider computes are not there yet. */
const WHOLE = new Set(['keys', 'values', 'length', 'merge', 'tomap']);
const ENCODERS = new Set(['jsonencode', 'yamlencode']);

function argumentsOf(
  expression: Call,
  environment: Environment,
  evaluate: Evaluate,
): TfValue[] | (TfValue & { readonly kind: 'unknown' }) {
  const args = expression.args.map((arg) => evaluate(arg, environment));
  if (!expression.expandLast) return args;
  const last = args.pop();
  if (last?.kind === 'unknown') return last;
  if (last !== undefined && isUnordered(last)) return unknown(whyNotIterated(last), last.origin);
  if (last?.kind !== 'list') throw new TerraformError('only a list can be expanded into arguments', expression.at);
  environment.scope.budget.spend(last.items.length);
  return args.concat(last.items);
}

/** The first argument without an error; where an unknown part could still turn into one, nobody knows yet. */
function attempt(expression: Call, environment: Environment, evaluate: Evaluate): TfValue {
  let failure: TerraformError | undefined;
  for (const arg of expression.args) {
    try {
      const value = evaluate(arg, environment);
      if (value.kind === 'unknown' || !(isTraversal(arg) || isWhollyKnown(value))) {
        return unknown(firstWhy(value), step('try()', expression.at, value.origin));
      }
      return value;
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      failure = error;
    }
  }
  throw new TerraformError(`no argument of try() is valid: ${failure?.message ?? 'there is none'}`, expression.at);
}

function firstWhy(value: TfValue): string {
  return firstUnknown(value)?.why ?? 'known after apply';
}

function can(expression: Call, environment: Environment, evaluate: Evaluate): TfValue {
  const [arg] = expression.args;
  if (arg === undefined) throw new TerraformError('can() needs an argument', expression.at);
  try {
    const value = evaluate(arg, environment);
    const origin = step('can()', expression.at, value.origin);
    if (value.kind === 'unknown' || !(isTraversal(arg) || isWhollyKnown(value))) {
      return unknown(firstWhy(value), origin, { type: 'bool', notNull: true });
    }
    return bool(true, origin);
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    return bool(false, step('can()', expression.at));
  }
}
