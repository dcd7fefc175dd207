import type { ConditionOperator, IamPolicy } from '../../../facts/iam-policy/types.ts';
import { inRange, parseAddress, parseRange } from './addresses.ts';
import { compileArnPattern } from './arns.ts';
import { isFixed, parsePolicyText, resolvePolicyText, type Lookup, type PolicyText } from './policy-text.ts';
import { parseInstant, parseNumber } from './quantities.ts';
import { compilePattern, type Matches, type Pattern } from './wildcard.ts';

/** Whether one value of a request is what an operator without its negation asks for. */
export type Test = (value: string, lookup: Lookup) => boolean;

/** Operators that hold where their positive twin does not, an absent key included. */
export function isNegated(operator: ConditionOperator): boolean {
  return operator.includes('Not');
}

/**
 * The test of an operator against any of the policy's values; of a negated operator, that of its positive twin. Values
 * that cannot be read as the operator's type match nothing.
 */
export function compileTest(
  operator: Exclude<ConditionOperator, 'Null'>,
  values: readonly string[],
  version: IamPolicy['version'],
): Test {
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
      return anyText(values, { version, wild: false }, compilePattern);
    case 'StringEqualsIgnoreCase':
    case 'StringNotEqualsIgnoreCase':
      return anyText(values, { version, wild: false }, withoutCase);
    case 'StringLike':
    case 'StringNotLike':
      return anyText(values, { version, wild: true }, compilePattern);
    case 'ArnEquals':
    case 'ArnNotEquals':
    case 'ArnLike':
    case 'ArnNotLike':
      return anyText(values, { version, wild: true }, compileArnPattern);
    case 'NumericEquals':
    case 'NumericNotEquals':
      return anyQuantity(values, parseNumber, (value, bound) => value === bound);
    case 'NumericLessThan':
      return anyQuantity(values, parseNumber, (value, bound) => value < bound);
    case 'NumericLessThanEquals':
      return anyQuantity(values, parseNumber, (value, bound) => value <= bound);
    case 'NumericGreaterThan':
      return anyQuantity(values, parseNumber, (value, bound) => value > bound);
    case 'NumericGreaterThanEquals':
      return anyQuantity(values, parseNumber, (value, bound) => value >= bound);
    case 'DateEquals':
    case 'DateNotEquals':
      return anyQuantity(values, parseInstant, (value, bound) => value === bound);
    case 'DateLessThan':
      return anyQuantity(values, parseInstant, (value, bound) => value < bound);
    case 'DateLessThanEquals':
      return anyQuantity(values, parseInstant, (value, bound) => value <= bound);
    case 'DateGreaterThan':
      return anyQuantity(values, parseInstant, (value, bound) => value > bound);
    case 'DateGreaterThanEquals':
      return anyQuantity(values, parseInstant, (value, bound) => value >= bound);
    case 'Bool':
      return anyQuantity(values, parseTruth, (value, wanted) => value === wanted);
    case 'BinaryEquals':
      return anyQuantity(values, parseBase64, (value, wanted) => value === wanted);
    case 'IpAddress':
    case 'NotIpAddress': {
      const ranges = values.flatMap((value) => parseRange(value) ?? []);
      return (value) => {
        const address = parseAddress(value);
        return address !== undefined && ranges.some((range) => inRange(address, range));
      };
    }
  }
}

function anyText(
  values: readonly string[],
  rules: Parameters<typeof parsePolicyText>[1],
  compile: (pattern: Pattern) => Matches,
): Test {
  const texts = values.map((value) => parsePolicyText(value, rules));
  const fixed = texts.filter(isFixed).map(compile);
  const open: PolicyText[] = texts.filter((text) => !isFixed(text));
  return (value, lookup) =>
    fixed.some((matches) => matches(value)) ||
    open.some((text) => {
      const pattern = resolvePolicyText(text, lookup);
      return pattern !== undefined && compile(pattern)(value);
    });
}

function withoutCase(pattern: Pattern): Matches {
  const matches = compilePattern(
    pattern.map((piece) => ('text' in piece ? { text: piece.text.toLowerCase() } : piece)),
  );
  return (text) => matches(text.toLowerCase());
}

function anyQuantity<T>(
  values: readonly string[],
  parse: (text: string) => T | undefined,
  compare: (value: T, wanted: T) => boolean,
): Test {
  const wanted = values.flatMap((value) => parse(value) ?? []) as T[];
  return (text) => {
    const value = parse(text);
    return value !== undefined && wanted.some((each) => compare(value, each));
  };
}

function parseTruth(text: string): boolean | undefined {
  const word = text.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Base64 without its padding: two texts of the same bytes are equal. */
function parseBase64(text: string): string | undefined {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? text.replace(/=+$/, '') : undefined;
}
