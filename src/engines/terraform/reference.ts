import type { HclExpression } from '../../lib/hcl/ast.ts';
import { attributeOf, indexOf } from './access.ts';
import { bound, type Environment, type ReferenceStep } from './environment.ts';
import type { Evaluate } from './expression.ts';
import type { TfValue } from './value.ts';

type Access = HclExpression & { readonly kind: 'attribute' | 'index' };

/** The value of `root.name[key].name ...`: the scope takes as many steps as belong to the name, the others are applied to its value. */
export function evaluateReference(expression: HclExpression, environment: Environment, evaluate: Evaluate): TfValue {
  const accesses: Access[] = [];
  let root = expression;
  while (root.kind === 'attribute' || root.kind === 'index') {
    accesses.push(root);
    root = root.of;
  }
  accesses.reverse();
  environment.scope.budget.spend(accesses.length);
  if (root.kind !== 'variable') return apply(accesses, 0, evaluate(root, environment), environment, evaluate);

  const local = bound(environment.names, root.name);
  if (local !== undefined) return apply(accesses, 0, local, environment, evaluate);
  const stepAt = (index: number) => keyOf(accesses[index], environment, evaluate);
  const { value, used } = environment.scope.reference(root.name, stepAt, expression.at);
  return apply(accesses, used, value, environment, evaluate);
}

function apply(
  accesses: readonly Access[],
  from: number,
  value: TfValue,
  environment: Environment,
  evaluate: Evaluate,
): TfValue {
  let result = value;
  for (let at = from; at < accesses.length; at++) {
    const access = accesses[at];
    if (access?.kind === 'attribute') result = attributeOf(result, access.name, access.at);
    else if (access?.kind === 'index') result = indexOf(result, evaluate(access.key, environment), access.at);
  }
  return result;
}

function keyOf(access: Access | undefined, environment: Environment, evaluate: Evaluate): ReferenceStep | undefined {
  if (access === undefined) return undefined;
  if (access.kind === 'attribute') return { key: access.name, dotted: true };
  const key = evaluate(access.key, environment);
  return key.kind === 'string' || key.kind === 'number' ? { key: String(key.value), dotted: false } : undefined;
}

/** Whether the expression only follows names and fixed keys, so that it cannot fail once its value is there. */
export function isTraversal(expression: HclExpression): boolean {
  let at = expression;
  for (;;) {
    if (at.kind === 'variable') return true;
    if (at.kind === 'attribute') at = at.of;
    else if (at.kind === 'index' && (at.key.kind === 'literal' || at.key.kind === 'template')) at = at.of;
    else return false;
  }
}
