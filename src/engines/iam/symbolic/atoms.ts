import type { PatternSet } from '../../../lib/automata/pattern-set.ts';
import type { IamCondition, IamStatement } from '../../../facts/iam-policy/types.ts';
import { predicateIs, type Predicate } from './predicates.ts';

/** One thing that a statement asks of one dimension of a request. */
export interface Atom {
  readonly id: number;
  /** `action`, `resource`, or `key:` with a context key in lower case. */
  readonly dimension: string;
  readonly test: AtomTest;
  /** Where it stands. */
  readonly origin: AtomOrigin;
}

export type AtomTest =
  /** The action or resource is in the set (see `CompiledText` for the two sets). */
  | { readonly kind: 'text'; readonly over: PatternSet; readonly under: PatternSet }
  | { readonly kind: 'absent' }
  | { readonly kind: 'never' }
  | {
      readonly kind: 'values';
      readonly quantifier: 'all' | 'any' | undefined;
      /** Whether it holds where the key is absent. */
      readonly whenAbsent: boolean;
      readonly predicate: Predicate;
    };

export interface AtomOrigin {
  /** Absent for what the question itself asks for. */
  readonly statement?: IamStatement;
  readonly part: 'action' | 'resource' | IamCondition;
}

/** An atom that must hold, or must not. */
export interface Literal {
  readonly atom: Atom;
  readonly want: boolean;
}

/** What a dimension of a request may be: a text, several values of a key, or undefined for an absent key. */
export type Value = string | readonly string[] | undefined;

/** Whether a value may make a literal true; variables that are not determined count in favour. */
export function holds({ atom: { test }, want }: Literal, value: Value): boolean {
  switch (test.kind) {
    case 'text':
      return typeof value === 'string' && (want ? test.over.matches(value) : !test.under.matches(value));
    case 'absent':
      return (value === undefined) === want;
    case 'never':
      return !want;
    case 'values': {
      if (value === undefined) return test.whenAbsent === want;
      const values = typeof value === 'string' ? [value] : value;
      const every = quantifierOf(test) === 'all' ? want : !want;
      const one = (text: string): boolean => predicateIs(test.predicate, want, text);
      return every ? values.every(one) : values.some(one);
    }
  }
}

/**
 * Whether a condition asks for all values of a key, or for one. Without a prefix, one of several values is enough for an operator,
 * and all of them must differ for a negated one.
 */
export function quantifierOf(test: Extract<AtomTest, { kind: 'values' }>): 'all' | 'any' {
  return test.quantifier ?? (test.predicate.negated ? 'all' : 'any');
}

/** The opposite of a literal. */
export function opposite({ atom, want }: Literal): Literal {
  return { atom, want: !want };
}
