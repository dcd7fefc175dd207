import type { IamCondition, IamPolicy } from '../../../facts/iam-policy/types.ts';
import { compileTest, isNegated } from './operators.ts';
import type { Lookup } from './policy-text.ts';

/** Whether a condition holds for the keys of a request. */
export type Holds = (lookup: Lookup) => boolean;

/**
 * One operator and key. Where the key is absent: ForAllValues holds, ForAnyValue does not, without a prefix a negated operator
 * holds and a positive one does not; IfExists always holds. Several values of a request without a prefix: a positive operator
 * needs one that matches, a negated one that none does.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function compileCondition(condition: IamCondition, version: IamPolicy['version']): Holds {
  const key = condition.key.toLowerCase();
  if (condition.operator === 'Null') return compileNull(key, condition.values);
  const { quantifier, ifExists } = condition;
  const negated = isNegated(condition.operator);
  const test = compileTest(condition.operator, condition.values, version);
  const whenAbsent = ifExists || quantifier === 'all' || (quantifier === undefined && negated);
  return (lookup) => {
    const found = lookup(key);
    if (found === undefined) return whenAbsent;
    if (typeof found === 'string') return test(found, lookup) !== negated;
    if (found.length === 0) return whenAbsent;
    if (quantifier === 'all') return found.every((value) => test(value, lookup) !== negated);
    if (quantifier === 'any') return found.some((value) => test(value, lookup) !== negated);
    return found.some((value) => test(value, lookup)) !== negated;
  };
}

/** `Null`: "true" where the key must be absent, "false" where it must have a value. */
function compileNull(key: string, values: readonly string[]): Holds {
  const wanted = new Set(values.map((value) => value.toLowerCase()));
  return (lookup) => {
    const found = lookup(key);
    const absent = found === undefined || (typeof found !== 'string' && found.length === 0);
    return wanted.has(String(absent));
  };
}
