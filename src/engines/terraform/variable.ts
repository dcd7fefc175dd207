import type { HclExpression } from '../../lib/hcl/ast.ts';
import type { Block } from './configuration.ts';
import { placed } from './conversions.ts';
import { evaluate } from './expression.ts';
import { nothing, unknown, withOrigin } from './make.ts';
import type { Module } from './module.ts';
import { step } from './origins.ts';
import { typeConstraint } from './type-constraint.ts';
import { kindOfType, type TfType } from './types.ts';
import type { TfValue } from './value.ts';
import { evaluateSafely, safely } from './world.ts';

/** The value of an input variable: what is given, otherwise its default, in its type. */
export function declaredValue(name: string, block: Block, given: TfValue | undefined, module: Module): TfValue {
  const { problems } = module.world;
  const fallback = block.attributes.get('default')?.value;
  const nullable = !isFalse(block.attributes.get('nullable')?.value);
  const useDefault = given === undefined || (given.kind === 'null' && !nullable && fallback !== undefined);
  const type = typeOfVariable(block, module);
  const value = useDefault
    ? fallback === undefined
      ? missing(name, block, type, module)
      : defaultValue(name, fallback, module)
    : given;
  const at = useDefault ? (fallback?.at ?? block.headAt) : value.origin.at;
  const typed = safely(() => placed(value, type, at), at, problems);
  return isTrue(block.attributes.get('sensitive')?.value) ? { ...typed, sensitive: true } : typed;
}

/** The type of a variable; `any` where it has none or a wrong one. */
export function typeOfVariable(block: Block, module: Module): TfType {
  const expression = block.attributes.get('type')?.value;
  if (expression === undefined) return 'any';
  let type: TfType = 'any';
  safely(
    () => {
      type = typeConstraint(expression, (value) => evaluate(value, module.environment));
      return nothing(step('type', expression.at));
    },
    expression.at,
    module.world.problems,
  );
  return type;
}

function defaultValue(name: string, fallback: HclExpression, module: Module): TfValue {
  const value = evaluateSafely(fallback, module.environment, module.world.problems);
  return withOrigin(value, step(`var.${name} (default)`, fallback.at, value.origin));
}

function missing(name: string, block: Block, type: TfType, module: Module): TfValue {
  const message = `var.${name} has no value`;
  const { call } = module.place;
  module.world.problems.add(
    call === undefined
      ? {
          severity: 'gap',
          reason: 'unresolved-value',
          message,
          at: block.headAt,
          closes: `a value for ${name} in terraform.tfvars`,
        }
      : {
          severity: 'error',
          reason: 'unresolved-value',
          message: `${module.place.address}: ${message}`,
          at: call.block.headAt,
        },
  );
  const kind = kindOfType(type);
  return unknown(message, step(`var.${name}`, block.headAt), kind === undefined ? undefined : { type: kind });
}

function isTrue(expression: HclExpression | undefined): boolean {
  return expression?.kind === 'literal' && expression.value === true;
}

function isFalse(expression: HclExpression | undefined): boolean {
  return expression?.kind === 'literal' && expression.value === false;
}
