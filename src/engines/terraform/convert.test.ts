import { describe, expect, it } from 'vitest';
import { equalValues } from './compare.ts';
import { convert } from './convert.ts';
import { fromTyped, toTyped, type Typed } from '../../../test/terraform/typed-json.ts';
import type { TfType } from './types.ts';
import { unifyValues } from './unify.ts';
import { TerraformError, type Origin } from './value.ts';

const HERE: Origin = { at: { path: 'a.tf', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 }, what: 'literal' };
const LIST: TfType = { kind: 'list', of: 'string' };
const PORT: TfType = {
  kind: 'object',
  attributes: new Map([
    ['port', { type: 'number' }],
    ['name', { type: 'string', optional: true, default: value('web') }],
    ['note', { type: 'string', optional: true }],
  ]),
};

describe('convert', () => {
  it.each([
    [1, 'string', '1'],
    [true, 'string', 'true'],
    ['1.5', 'number', { $number: '1.5' }],
    ['true', 'bool', true],
    [[1, 'a', null], LIST, ['1', 'a', null]],
    [{ $set: ['b', 'a'] }, LIST, ['a', 'b']],
    [['b', 'a', 'b'], { kind: 'set', of: 'string' }, { $set: ['a', 'b'] }],
    [
      { b: 1, a: 'x' },
      { kind: 'map', of: 'any' },
      { a: 'x', b: '1' },
    ],
    [[1, '2'], { kind: 'tuple', items: ['string', 'number'] }, ['1', 2]],
    [{ port: '80', extra: 1 }, PORT, { name: 'web', note: null, port: 80 }],
    [{ port: 80, name: null }, PORT, { name: 'web', note: null, port: 80 }],
    [{ port: 80, name: 'x' }, PORT, { name: 'x', note: null, port: 80 }],
    [null, 'string', null],
    [[['1'], [2]], { kind: 'list', of: LIST }, [['1'], ['2']]],
  ] as readonly (readonly [Typed, TfType, Typed])[])('%j to %j', (from, type, to) => {
    expect(toTyped(convert(value(from), type))).toEqual(to);
  });

  it.each([
    ['x', 'number'],
    ['yes', 'bool'],
    [[1], 'string'],
    ['x', LIST],
    [[[1]], LIST],
    [{}, PORT],
    [[1], { kind: 'tuple', items: [] }],
    [[[1], 'a'], { kind: 'list', of: 'any' }],
  ] as readonly (readonly [Typed, TfType])[])('refuses %j as %j', (from, type) => {
    expect(() => convert(value(from), type)).toThrow(TerraformError);
  });

  it('keeps unknowns and marks, and learns the type', () => {
    const unknown = convert(value({ $unknown: true }), LIST);
    expect(unknown).toMatchObject({ kind: 'unknown', constraint: { type: 'list' }, origin: HERE });
    expect(convert({ ...value(1), sensitive: true }, 'string')).toMatchObject({
      value: '1',
      sensitive: true,
      origin: HERE,
    });
  });
});

describe('unifyValues', () => {
  it.each([
    [
      [1, 'a'],
      ['1', 'a'],
    ],
    [
      [1, 2],
      [1, 2],
    ],
    [
      [null, 1],
      [null, 1],
    ],
    [
      [[1], ['a']],
      [['1'], ['a']],
    ],
    [
      [[1], []],
      [[1], []],
    ],
    [
      [[1, 'b'], ['a']],
      [['1', 'b'], ['a']],
    ],
    [
      [{ a: 1 }, { a: 'x' }],
      [{ a: '1' }, { a: 'x' }],
    ],
    [
      [{ a: 1, b: 'x' }, {}],
      [{ a: '1', b: 'x' }, {}],
    ],
    [[1, [1]], undefined],
    [[1, true], undefined],
    [[{ a: 1 }, { b: [1] }], undefined],
    [[[1], { a: 1 }], undefined],
  ] as readonly (readonly [Typed[], Typed[] | undefined])[])('%j gives %j', (from, to) => {
    expect(unifyValues(from.map(value))?.map(toTyped)).toEqual(to);
  });
});

describe('equalValues', () => {
  const hole: Typed = { $unknown: true };
  it.each([
    [1, 1, true],
    [1, '1', false],
    [null, null, true],
    [null, '', false],
    [[1, 2], [1, 2], true],
    [[1], { $set: [1] }, false],
    [{ a: 1 }, { a: 1 }, true],
    [{ a: 1 }, { b: 1 }, false],
    [hole, hole, undefined],
    [[hole], [1], undefined],
    [[hole, 1], [1, 2], false],
    [[hole], [1, 2], false],
    [{ $set: [hole, 1] }, { $set: [1] }, undefined],
  ] as readonly (readonly [Typed, Typed, boolean | undefined])[])('%j == %j is %j', (a, b, equal) => {
    expect(equalValues(value(a), value(b))).toBe(equal);
    expect(equalValues(value(b), value(a))).toBe(equal);
  });
});

function value(typed: Typed): ReturnType<typeof fromTyped> {
  return fromTyped(typed, HERE);
}
