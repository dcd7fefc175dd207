import { describe, expect, it } from 'vitest';
import { readOperator } from '../../../facts/iam-policy/read-conditions.ts';
import { compileCondition } from './condition.ts';

type Value = string | readonly string[] | undefined;

/** Whether `operator: { key: values }` holds where the key has this value. */
function holds(written: string, values: string | readonly string[], value: Value, others: Record<string, Value> = {}) {
  const operator = readOperator(written);
  if (operator === undefined) throw new Error(`no operator ${written}`);
  const condition = { ...operator, key: 'Aws:Key', values: typeof values === 'string' ? [values] : values };
  const context = new Map<string, Value>([...Object.entries(others), ['aws:key', value]]);
  return compileCondition(condition, '2012-10-17')((key) => context.get(key));
}

describe('IAM JSON policy elements: Condition operators', () => {
  it.each<[string, string, string, boolean]>([
    ['StringEquals', 'johndoe', 'johndoe', true],
    ['StringEquals', 'johndoe', 'JohnDoe', false],
    ['StringEquals', 'john*', 'johndoe', false],
    ['StringEquals', 'john*', 'john*', true],
    ['StringNotEquals', 'johndoe', 'JohnDoe', true],
    ['StringNotEquals', 'johndoe', 'johndoe', false],
    ['StringEqualsIgnoreCase', 'JohnDoe', 'johndoe', true],
    ['StringNotEqualsIgnoreCase', 'JohnDoe', 'johndoe', false],
    ['StringLike', 'john*', 'johndoe', true],
    ['StringLike', 'John*', 'johndoe', false],
    ['StringLike', 'johnd?e', 'johndoe', true],
    ['StringNotLike', 'john*', 'johndoe', false],
    ['StringNotLike', 'john?', 'johndoe', true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '10', 'ten', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericNotEquals', '10', 'ten', true],
    ['NumericLessThan', '10', '9', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '10', false],
    ['NumericGreaterThan', '-1', '0', true],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['DateEquals', '2020-04-01T00:00:00Z', '1585699200', true],
    ['DateEquals', '2020-04-01T02:00:00+02:00', '2020-04-01T00:00:00Z', true],
    ['DateNotEquals', '2020-04-01T00:00:00Z', '2020-04-01T00:00:01Z', true],
    ['DateLessThan', '2020-06-30', '2020-04-01T00:00:00Z', true],
    ['DateLessThan', '2020-04-01T00:00:00Z', '2020-04-01T00:00:00Z', false],
    ['DateLessThanEquals', '2020-04-01T00:00:00Z', '2020-04-01T00:00:00Z', true],
    ['DateGreaterThan', '2020-04-01T00:00:00.500Z', '2020-04-01T00:00:00.600Z', true],
    ['DateGreaterThanEquals', '2020', '2019-12-31T23:59:59Z', false],
    ['DateGreaterThan', '2020-13-45', '2021-01-01', false],
    ['Bool', 'true', 'True', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'true', 'yes', false],
    ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true],
    ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'qmluYXJ5VmFsdWVJbkJhc2U2NA==', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.77', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.1', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '0.0.0.0/0', '198.51.100.1', true],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:9abc::1', true],
    ['IpAddress', '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false],
    ['IpAddress', '::/0', '::ffff:198.51.100.1', true],
    ['IpAddress', '203.0.113.0/33', '203.0.113.0', false],
    ['IpAddress', '203.0.113.0/24', 'vpce-1', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.1', false],
    ['ArnLike', 'arn:aws:sns:*:123:topic-*', 'arn:aws:sns:eu-west-1:123:topic-1', true],
    ['ArnLike', 'arn:aws:sns:*:topic', 'arn:aws:sns:eu-west-1:123:topic', false],
    ['ArnLike', 'arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a:b/c', true],
    ['ArnLike', 'arn:aws:iam::*:role/ci', 'arn:aws:iam::1:x:role/ci', false],
    ['ArnLike', '*', 'arn:aws:iam::1:role/ci', true],
    ['ArnLike', '*', 'no arn', false],
    ['ArnEquals', 'arn:aws:iam::*:role/ci', 'arn:aws:iam::1:role/ci', true],
    ['ArnNotEquals', 'arn:aws:iam::*:role/ci', 'arn:aws:iam::1:role/ci', false],
    ['ArnNotLike', 'arn:aws:iam::*:role/ci', 'arn:aws:iam::1:role/cd', true],
    ['ArnNotLike', 'arn:aws:iam::*:role/ci', 'no arn', true],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
  ])('%s %s of %s: %s', (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });

  it('takes several values of a policy as alternatives, and of a negated operator as none of them', () => {
    expect(holds('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(holds('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
    expect(holds('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
    expect(holds('NumericLessThan', ['1', '5'], '3')).toBe(true);
  });
});

describe('IAM JSON policy elements: Condition operators, ...IfExists and absent keys', () => {
  it.each<[string, string, boolean, boolean]>([
    ['StringEquals', 'x', false, true],
    ['StringNotEquals', 'x', true, true],
    ['StringLike', '*', false, true],
    ['StringNotLike', '*', true, true],
    ['NumericLessThan', '3600', false, true],
    ['NumericNotEquals', '1', true, true],
    ['DateLessThan', '2030-01-01', false, true],
    ['DateNotEquals', '2030-01-01', true, true],
    ['Bool', 'true', false, true],
    ['Bool', 'false', false, true],
    ['BinaryEquals', 'QQ==', false, true],
    ['IpAddress', '0.0.0.0/0', false, true],
    ['NotIpAddress', '0.0.0.0/0', true, true],
    ['ArnLike', '*', false, true],
    ['ArnNotLike', '*', true, true],
  ])('%s %s where the key is absent: %s, IfExists: %s', (operator, wanted, plain, ifExists) => {
    expect(holds(operator, wanted, undefined)).toBe(plain);
    expect(holds(`${operator}IfExists`, wanted, undefined)).toBe(ifExists);
  });

  it('compares a key that is there, with or without IfExists', () => {
    expect(holds('StringEqualsIfExists', 'x', 'y')).toBe(false);
    expect(holds('BoolIfExists', 'true', 'false')).toBe(false);
    expect(holds('StringNotEqualsIfExists', 'x', 'y')).toBe(true);
  });

  it('asks for existence with Null, an empty list being none', () => {
    expect(holds('Null', 'true', undefined)).toBe(true);
    expect(holds('Null', 'false', undefined)).toBe(false);
    expect(holds('Null', 'true', [])).toBe(true);
    expect(holds('Null', ['true', 'false'], 'x')).toBe(true);
  });
});

describe('Set operators for multivalued context keys', () => {
  it.each<[string, string[], Value, boolean]>([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a', 'b'], [], true],
    ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
    ['ForAllValues:StringNotLike', ['key1*'], ['key2', 'key10'], false],
    ['ForAllValues:StringNotLike', ['key1*'], ['key2', 'key3'], true],
    ['ForAllValues:StringNotLike', ['key1*'], undefined, true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], [], false],
    ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
    ['ForAnyValue:StringEqualsIfExists', ['a', 'b'], undefined, true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], false],
    ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
    ['StringEquals', ['a'], ['b', 'a'], true],
    ['StringNotEquals', ['a'], ['b', 'a'], false],
  ])('%s %j of %j: %s', (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, value)).toBe(expected);
  });
});

describe('IAM policy elements: Variables and tags', () => {
  it.each<[string, string, Value, Record<string, Value>, boolean]>([
    ['StringEquals', '${aws:username}', 'ann', { 'aws:username': 'ann' }, true],
    ['StringEquals', '${aws:username}', 'ann', { 'aws:username': 'bob' }, false],
    ['StringEquals', '${aws:username}', 'ann', {}, false],
    ['StringNotEquals', '${aws:username}', 'ann', {}, true],
    ['StringEquals', "${aws:PrincipalTag/team, 'none'}", 'none', {}, true],
    ['StringEquals', "${aws:PrincipalTag/team, 'none'}", 'blue', { 'aws:principaltag/team': 'blue' }, true],
    ['StringLike', 'a${*}c', 'a*c', {}, true],
    ['StringLike', 'a${*}c', 'abc', {}, false],
    ['StringLike', 'a${?}${$}', 'a?$', {}, true],
    ['StringEquals', 'a${*}', 'a*', {}, true],
    ['StringLike', '${aws:username}', 'abc', { 'aws:username': '*' }, false],
    ['ArnLike', 'arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::ann/x', { 'aws:username': 'ann' }, true],
    ['ArnLike', 'arn:aws:s3:::${aws:username}/*', 'arn:aws:s3:::bob/x', { 'aws:username': 'ann' }, false],
    ['StringEquals', '${aws:tags}', 'a', { 'aws:tags': ['a', 'b'] }, false],
    ['StringEquals', '${aws:username', '${aws:username', { 'aws:username': 'ann' }, true],
    ['NumericEquals', '${aws:number}', '1', { 'aws:number': '1' }, false],
  ])('%s %s of %j with %j: %s', (operator, wanted, value, others, expected) => {
    expect(holds(operator, wanted, value, others)).toBe(expected);
  });

  it('are texts in the older version', () => {
    const condition = { operator: 'StringEquals', ifExists: false, key: 'k', values: ['${aws:username}'] } as const;
    const context = new Map([
      ['k', '${aws:username}'],
      ['aws:username', 'ann'],
    ]);
    expect(compileCondition(condition, '2008-10-17')((key) => context.get(key))).toBe(true);
    expect(compileCondition(condition, '2012-10-17')((key) => context.get(key))).toBe(false);
  });
});
