import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import { shortestMember, type Budget } from '../../../lib/automata/shortest.ts';
import { ANY, STAR, literalTokens, type Token } from '../../../lib/automata/tokens.ts';
import { predicateIs, type Predicate } from './predicates.ts';
import { writeAddress } from './values.ts';

/** A predicate that one value must meet, or must not. */
export interface ValueDemand {
  readonly predicate: Predicate;
  readonly want: boolean;
}

/** Sets in which a value must be, and must not be. */
interface ValueSets {
  readonly within: readonly PatternSet[];
  readonly outside: readonly PatternSet[];
}

export type OneValue =
  | { readonly kind: 'found'; readonly value: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'unclear' }
  | { readonly kind: 'exhausted' };

const TRUTHS = patternSet([literalTokens('true'), literalTokens('false')]);
const NOT_EMPTY = patternSet([[ANY, STAR]]);
const TO_COLON: Token = { kind: 'star', except: ':' };
const ONE_TO_COLON: Token = { kind: 'any', except: ':' };
const COLON: Token = { kind: 'chars', chars: ':' };
/** `arn:partition:service:region:account:resource`. */
export const ARNS = patternSet([
  [
    ...literalTokens('arn:'),
    ONE_TO_COLON,
    TO_COLON,
    COLON,
    ONE_TO_COLON,
    TO_COLON,
    COLON,
    TO_COLON,
    COLON,
    TO_COLON,
    COLON,
    ANY,
    STAR,
  ],
]);

/**
 * One value that meets all demands. Numbers, dates and addresses are decided by trying one value of every region that their bounds
 * cut out, texts by automata. A key that is compared both ways is undecided when none of the values tried meets all.
 */
export function solveOne(demands: readonly ValueDemand[], base: ValueSets, budget: Budget): OneValue {
  const theories = new Set(demands.map(({ predicate }) => predicate.theory));
  const tried = [
    ...(theories.has('number') ? numbers(demands) : []),
    ...(theories.has('date') ? dates(demands) : []),
    ...(theories.has('address') ? addresses(demands) : []),
  ];
  if (tried.length === 0) return solveText(demands, base, budget);
  budget.left -= tried.length * demands.length;
  if (budget.left < 0) return { kind: 'exhausted' };
  const value = tried.find(
    (text) =>
      demands.every(({ predicate, want }) => predicateIs(predicate, want, text)) &&
      base.within.every((set) => set.matches(text)) &&
      !base.outside.some((set) => set.matches(text)),
  );
  if (value !== undefined) return { kind: 'found', value };
  return theories.size === 1 && base.within.length + base.outside.length === 0
    ? { kind: 'empty' }
    : { kind: 'unclear' };
}

function solveText(demands: readonly ValueDemand[], base: ValueSets, budget: Budget): OneValue {
  const within = [...base.within];
  const outside = [...base.outside];
  for (const { predicate, want } of demands) {
    if (predicate.theory !== 'text' && predicate.theory !== 'truth') continue;
    if (want !== predicate.negated) within.push(predicate.over);
    else outside.push(predicate.under);
    if (predicate.theory === 'truth' && !within.includes(TRUTHS)) within.push(TRUTHS);
    if (predicate.theory === 'text' && predicate.arn && !within.includes(ARNS)) within.push(ARNS);
  }
  const readable = shortestMember({ within: [...within, NOT_EMPTY], outside }, budget);
  const found = readable.kind === 'empty' ? shortestMember({ within, outside }, budget) : readable;
  return found.kind === 'found' ? { kind: 'found', value: found.text } : found;
}

/** One number of every region that the bounds cut out, whole and positive ones first. */
function numbers(demands: readonly ValueDemand[]): readonly string[] {
  const points = regions(boundsOf(demands, 'number'), 1);
  const rank = (value: number): number => (Number.isInteger(value) ? 0 : 1) + (value < 0 ? 2 : 0);
  return [...points].sort((a, b) => rank(a) - rank(b) || Math.abs(a) - Math.abs(b)).map(String);
}

/** One date of every region, in ISO 8601; whole seconds first. */
function dates(demands: readonly ValueDemand[]): readonly string[] {
  const points = regions(boundsOf(demands, 'date'), 1000).map(Math.floor);
  const years = (value: number): boolean => Math.abs(value) < 8.64e15 && new Date(value).getUTCFullYear() >= 0;
  return [...new Set(points)]
    .filter((value) => years(value) && new Date(value).getUTCFullYear() <= 9999)
    .sort((a, b) => (a % 1000 === 0 ? 0 : 1) - (b % 1000 === 0 ? 0 : 1))
    .map((value) => new Date(value).toISOString().replace('.000Z', 'Z'));
}

function boundsOf(demands: readonly ValueDemand[], theory: 'number' | 'date'): readonly number[] {
  const bounds = demands.flatMap(({ predicate }) => (predicate.theory === theory ? predicate.bounds : []));
  return [...new Set(bounds)].sort((a, b) => a - b);
}

function regions(bounds: readonly number[], step: number): number[] {
  const between = bounds.slice(1).map((bound, index) => ((bounds[index] ?? bound) + bound) / 2);
  return [...new Set([...bounds, ...bounds.flatMap((bound) => [bound - step, bound + step]), ...between, 0])];
}

/** An address for documentation (RFC 5737, RFC 3849), then the first of every region of both versions. */
function addresses(demands: readonly ValueDemand[]): readonly string[] {
  const texts = new Set(['198.51.100.7', '203.0.113.7', '2001:db8::7']);
  const starts = new Map<string, readonly [4 | 6, bigint]>();
  const add = (version: 4 | 6, value: bigint): void => {
    const top = version === 4 ? 1n << 32n : 1n << 128n;
    if (value >= 0n && value < top) starts.set(`${version}/${value}`, [version, value]);
  };
  add(4, 0n);
  add(6, 0n);
  for (const { predicate } of demands) {
    if (predicate.theory !== 'address') continue;
    for (const { version, first, last } of predicate.ranges) {
      add(version, first + 1n <= last ? first + 1n : first);
      add(version, first);
      add(version, last + 1n);
    }
  }
  for (const [version, value] of starts.values()) texts.add(writeAddress(version, value));
  return [...texts];
}
