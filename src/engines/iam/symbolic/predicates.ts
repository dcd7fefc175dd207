import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import type { ConditionOperator, IamCondition } from '../../../facts/iam-policy/types.ts';
import { compileText, type PatternStyle, type Variables } from './pattern-text.ts';
import { readDate, readNumber, readRange, type AddressRange } from './values.ts';

/** What one value of a key must be for a condition to hold of it. */
export type Predicate = TextPredicate | OrderPredicate | AddressPredicate;

interface TextPredicate {
  readonly theory: 'text' | 'truth';
  /** `over` and `under` differ where a variable is not determined (see `CompiledText`). */
  readonly over: PatternSet;
  readonly under: PatternSet;
  readonly negated: boolean;
  /** Whether values are ARNs. */
  readonly arn: boolean;
}

interface OrderPredicate {
  readonly theory: 'number' | 'date';
  readonly compare: Comparison;
  readonly bounds: readonly number[];
  readonly negated: boolean;
}

interface AddressPredicate {
  readonly theory: 'address';
  readonly ranges: readonly AddressRange[];
  readonly negated: boolean;
}

type Comparison = 'equal' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual';

/** A predicate with the variables that its values use. */
export interface CompiledPredicate {
  readonly predicate: Predicate;
  readonly free: readonly string[];
  readonly used: readonly string[];
}

/** The predicate of a condition other than `Null`. */
export function compilePredicate(condition: IamCondition, variables: Variables | undefined): CompiledPredicate {
  const { operator, values } = condition;
  const negated = isNegated(operator);
  if (operator.startsWith('Numeric'))
    return closed({
      theory: 'number',
      compare: comparisonOf(operator),
      bounds: known(values.map(readNumber)),
      negated,
    });
  if (operator.startsWith('Date'))
    return closed({ theory: 'date', compare: comparisonOf(operator), bounds: known(values.map(readDate)), negated });
  if (operator === 'IpAddress' || operator === 'NotIpAddress')
    return closed({ theory: 'address', ranges: known(values.map(readRange)), negated });
  const written = operator === 'BinaryEquals' ? values.flatMap(paddings) : values;
  const texts = written.map((value) => compileText(value, styleOf(operator, variables)));
  const free = texts.flatMap((text) => text.free);
  const over = patternSet(known(texts.map((text) => text.over)));
  return {
    predicate: {
      theory: operator === 'Bool' ? 'truth' : 'text',
      over,
      under: free.length === 0 ? over : patternSet(known(texts.map((text) => text.under))),
      negated,
      arn: operator.startsWith('Arn'),
    },
    free,
    used: texts.flatMap((text) => text.used),
  };
}

/** Whether an operator is the negated twin of another: it also holds where its key is absent. */
export function isNegated(operator: ConditionOperator): boolean {
  return operator.includes('Not');
}

/** Whether a predicate may hold (`want`) or fail (not `want`) of a value, whatever the variables that are not determined. */
export function predicateIs(predicate: Predicate, want: boolean, value: string): boolean {
  const inSet = want !== predicate.negated;
  switch (predicate.theory) {
    case 'text':
    case 'truth':
      return inSet ? predicate.over.matches(value) : !predicate.under.matches(value);
    case 'number':
      return compares(predicate, readNumber(value)) === inSet;
    case 'date':
      return compares(predicate, readDate(value)) === inSet;
    case 'address': {
      const at = readRange(value);
      const within = (range: AddressRange): boolean =>
        at?.version === range.version && range.first <= at.first && at.last <= range.last;
      return predicate.ranges.some(within) === inSet;
    }
  }
}

function compares({ compare, bounds }: OrderPredicate, value: number | undefined): boolean {
  if (value === undefined) return false;
  return bounds.some((bound) => {
    switch (compare) {
      case 'equal':
        return value === bound;
      case 'less':
        return value < bound;
      case 'lessOrEqual':
        return value <= bound;
      case 'greater':
        return value > bound;
      case 'greaterOrEqual':
        return value >= bound;
    }
  });
}

function comparisonOf(operator: ConditionOperator): Comparison {
  if (operator.endsWith('LessThan')) return 'less';
  if (operator.endsWith('LessThanEquals')) return 'lessOrEqual';
  if (operator.endsWith('GreaterThan')) return 'greater';
  return operator.endsWith('GreaterThanEquals') ? 'greaterOrEqual' : 'equal';
}

function styleOf(operator: ConditionOperator, variables: Variables | undefined): PatternStyle {
  const arn = operator.startsWith('Arn');
  const bool = operator === 'Bool';
  return {
    arn,
    wildcards: arn || operator.endsWith('Like'),
    fold: bool || operator.endsWith('IgnoreCase'),
    ...(variables === undefined || operator === 'BinaryEquals' || bool ? {} : { variables }),
  };
}

/** Base64 is compared without its padding. */
function paddings(text: string): readonly string[] {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return [];
  const bare = text.replace(/=+$/, '');
  return [bare, `${bare}=`, `${bare}==`];
}

function closed(predicate: Predicate): CompiledPredicate {
  return { predicate, free: [], used: [] };
}

function known<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value): value is T & {} => value !== undefined);
}
