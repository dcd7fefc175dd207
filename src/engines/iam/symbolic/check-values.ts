import type { PatternSet } from '../../../lib/automata/pattern-set.ts';
import { literalTokens } from '../../../lib/automata/tokens.ts';
import type { Budget } from '../../../lib/automata/shortest.ts';
import { patternSet } from '../../../lib/automata/pattern-set.ts';
import { textsConflict } from './check-texts.ts';
import { ARNS, type ValueDemand } from './one-value.ts';
import type { Predicate } from './predicates.ts';
import { readDate, readNumber, readRange } from './values.ts';

/** Values that count: those in some sets, or one alone. */
type Base =
  { readonly within: readonly PatternSet[]; readonly outside: readonly PatternSet[] } | { readonly only: string };

/** Whether no value of a key meets all demands. */
export function valuesConflict(base: Base, demands: readonly ValueDemand[], budget?: Budget): boolean {
  if ('only' in base) return !demands.every((demand) => meets(demand, base.only));
  const theories = new Set(demands.map(({ predicate }) => predicate.theory));
  if (theories.has('number') || theories.has('date') || theories.has('address'))
    return theories.size === 1 && base.within.length + base.outside.length === 0 && measuresConflict(demands);
  const { within, outside } = splitTexts(demands);
  const truths = theories.has('truth') ? [patternSet(['true', 'false'].map((text) => literalTokens(text)))] : [];
  const arns = demands.some(({ predicate }) => predicate.theory === 'text' && predicate.arn) ? [ARNS] : [];
  return textsConflict(
    [...base.within, ...within, ...truths, ...arns],
    [...base.outside, ...outside],
    undefined,
    budget,
  );
}

function splitTexts(demands: readonly ValueDemand[]): {
  readonly within: readonly PatternSet[];
  readonly outside: readonly PatternSet[];
} {
  const within: PatternSet[] = [];
  const outside: PatternSet[] = [];
  for (const { predicate, want } of demands) {
    if (predicate.theory !== 'text' && predicate.theory !== 'truth') continue;
    if (want === predicate.negated) outside.push(predicate.under);
    else within.push(predicate.over);
  }
  return { within, outside };
}

/** A line on which values lie, and an interval of it: from, inclusive, to, inclusive. */
type Interval = readonly [from: bigint, to: bigint];

/** Far beyond every address, number and date, in units of the scale below. */
const END = 1n << 200n;

/** Numbers, dates and addresses as sets of intervals, cut with each other. */
function measuresConflict(demands: readonly ValueDemand[]): boolean {
  let left: readonly Interval[] = [[-END, END]];
  const [first] = demands;
  if (first?.predicate.theory === 'address') left = [VERSION_4, VERSION_6];
  for (const { predicate, want } of demands) {
    const meant = intervalsOf(predicate);
    left = cut(left, want === predicate.negated ? complement(meant) : meant);
  }
  return left.length === 0;
}

const VERSION_4: Interval = [0n, (1n << 32n) - 1n];
const VERSION_6: Interval = [1n << 128n, (1n << 129n) - 1n];

function intervalsOf(predicate: Predicate): readonly Interval[] {
  switch (predicate.theory) {
    case 'text':
    case 'truth':
      return [];
    case 'address':
      return predicate.ranges.map(({ version, first, last }) => {
        const base = version === 4 ? 0n : 1n << 128n;
        return [base + first, base + last];
      });
    case 'number':
    case 'date':
      return predicate.bounds.map((bound) => {
        const at = scaled(bound, predicate.theory);
        switch (predicate.compare) {
          case 'equal':
            return [at, at];
          case 'less':
            return [-END, at - 1n];
          case 'lessOrEqual':
            return [-END, at];
          case 'greater':
            return [at + 1n, END];
          case 'greaterOrEqual':
            return [at, END];
        }
      });
  }
}

/** Dates in milliseconds; numbers in units so small that between any two of them there is room. */
function scaled(value: number, theory: 'number' | 'date'): bigint {
  if (theory === 'date') return BigInt(Math.floor(value));
  const [digits = '0', exponent = '0'] = value.toExponential(17).split('e');
  const shift = Number(exponent) - 17 + 60;
  const whole = BigInt(digits.replace('.', ''));
  return shift >= 0 ? whole * 10n ** BigInt(Math.min(shift, 100)) : whole / 10n ** BigInt(-shift);
}

function cut(left: readonly Interval[], right: readonly Interval[]): readonly Interval[] {
  return left.flatMap(([from, to]) =>
    right.flatMap(([start, end]): Interval[] => {
      const low = from > start ? from : start;
      const high = to < end ? to : end;
      return low <= high ? [[low, high]] : [];
    }),
  );
}

function complement(intervals: readonly Interval[]): readonly Interval[] {
  return intervals.reduce<readonly Interval[]>(
    (left, [from, to]) =>
      cut(left, [
        [-END, from - 1n],
        [to + 1n, END],
      ]),
    [[-END, END]],
  );
}

function meets({ predicate, want }: ValueDemand, text: string): boolean {
  const inSet = want !== predicate.negated;
  if (predicate.theory === 'text' || predicate.theory === 'truth')
    return inSet ? predicate.over.matches(text) : !predicate.under.matches(text);
  const at = positionOf(predicate, text);
  return (at !== undefined && intervalsOf(predicate).some(([from, to]) => from <= at && at <= to)) === inSet;
}

function positionOf(predicate: Predicate, text: string): bigint | undefined {
  if (predicate.theory === 'address') {
    const range = readRange(text);
    return range === undefined ? undefined : range.first + (range.version === 4 ? 0n : 1n << 128n);
  }
  if (predicate.theory !== 'number' && predicate.theory !== 'date') return undefined;
  const value = predicate.theory === 'number' ? readNumber(text) : readDate(text);
  return value === undefined ? undefined : scaled(value, predicate.theory);
}
