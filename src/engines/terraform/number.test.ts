import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNumbers,
  compareNumbers,
  formatNumber,
  multiplyNumbers,
  negateNumber,
  parseNumber,
  roundNumber,
  toIndex,
} from './number.ts';

describe('numbers', () => {
  it.each([
    ['12', '12'],
    ['-0', '0'],
    ['1.50', '1.5'],
    ['1e3', '1000'],
    ['1e-7', '0.0000001'],
    ['1.5e2', '150'],
    ['1e21', '1000000000000000000000'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['.5', '0.5'],
    ['5.', '5'],
  ])('reads %s and prints %s', (text, printed) => {
    expect(formatNumber(parseNumber(text) ?? NaN)).toBe(printed);
  });

  it.each(['', '.', 'x', '0x1', '1_0', ' 1', '1e', '1e99999', '--1'])('refuses %j', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  it('adds and multiplies in decimals', () => {
    expect(addNumbers(0.1, 0.2)).toBe(0.3);
    expect(addNumbers(0.5, 0.5)).toBe(1n);
    expect(multiplyNumbers(0.1, 3n)).toBe(0.3);
    expect(multiplyNumbers(2.5, 4n)).toBe(10n);
    expect(addNumbers(10n ** 30n, 1n)).toBe(10n ** 30n + 1n);
  });

  it('rounds, negates and compares across both kinds', () => {
    expect(roundNumber(-1.5, 'floor')).toBe(-2n);
    expect(roundNumber(-1.5, 'ceil')).toBe(-1n);
    expect(negateNumber(3n)).toBe(-3n);
    expect(compareNumbers(1n, 1.5)).toBe(-1);
    expect(compareNumbers(2 ** 60, 2n ** 60n)).toBe(0);
    expect(toIndex(2.5)).toBeUndefined();
    expect(toIndex(7n)).toBe(7);
  });

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(parseNumber(formatNumber(value)))).toBe(value + 0);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(parseNumber(formatNumber(value))).toBe(value);
      }),
    );
  });
});
