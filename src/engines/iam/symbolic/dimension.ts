import type { PatternSet } from '../../../lib/automata/pattern-set.ts';
import { shortestMember, type Budget, type Language } from '../../../lib/automata/shortest.ts';
import { holds, quantifierOf, type Literal, type Value } from './atoms.ts';
import { solveOne, type OneValue, type ValueDemand } from './one-value.ts';

/** What a dimension of a request may be before any statement speaks. */
export type Domain =
  /** Action or resource. */
  | { readonly kind: 'text'; readonly language: Language }
  /** A key whose value is given; undefined is absent. */
  | { readonly kind: 'fixed'; readonly value: Value }
  | {
      readonly kind: 'key';
      /** Whether requests may lack the key, and whether they may have it. */
      readonly absent: boolean;
      readonly present: boolean;
      readonly many: boolean;
      /** Sets in which a value must be, and must not be. */
      readonly within: readonly PatternSet[];
      readonly outside: readonly PatternSet[];
    };

export type Solution =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'empty' }
  /** Neither a value nor its absence was proven. */
  | { readonly kind: 'unclear' }
  | { readonly kind: 'exhausted' };

/** The simplest value for which all literals hold: absent before present, then the shortest. */
export function solveDimension(domain: Domain, literals: readonly Literal[], budget: Budget): Solution {
  switch (domain.kind) {
    case 'fixed':
      return literals.every((literal) => holds(literal, domain.value))
        ? { kind: 'found', value: domain.value }
        : { kind: 'empty' };
    case 'text': {
      const within = [...domain.language.within];
      const outside = [...domain.language.outside];
      for (const { atom, want } of literals) {
        if (atom.test.kind === 'never' && want) return { kind: 'empty' };
        if (atom.test.kind !== 'text') continue;
        if (want) within.push(atom.test.over);
        else outside.push(atom.test.under);
      }
      const found = shortestMember({ ...domain.language, within, outside }, budget);
      return found.kind === 'found' ? { kind: 'found', value: found.text } : found;
    }
    case 'key':
      return solveKey(domain, literals, budget);
  }
}

function solveKey(domain: Extract<Domain, { kind: 'key' }>, literals: readonly Literal[], budget: Budget): Solution {
  if (domain.absent && literals.every((literal) => holds(literal, undefined)))
    return { kind: 'found', value: undefined };
  if (!domain.present) return { kind: 'empty' };
  const everyValue: ValueDemand[] = [];
  const someValue: ValueDemand[] = [];
  for (const { atom, want } of literals) {
    const { test } = atom;
    if (test.kind !== 'values') {
      if (want) return { kind: 'empty' };
      continue;
    }
    const every = (quantifierOf(test) === 'all') === want;
    (every || !domain.many ? everyValue : someValue).push({ predicate: test.predicate, want });
  }
  const ask = (more: readonly ValueDemand[]): OneValue => solveOne([...everyValue, ...more], domain, budget);
  if (someValue.length === 0) return ask([]);
  const values: string[] = [];
  for (const demand of someValue) {
    const found = ask([demand]);
    if (found.kind !== 'found') return found;
    if (!values.includes(found.value)) values.push(found.value);
  }
  return { kind: 'found', value: values.length === 1 ? values[0] : values };
}
