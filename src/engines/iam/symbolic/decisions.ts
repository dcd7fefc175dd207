import type { Literal, Value } from './atoms.ts';
import type { Refutation } from './certificate.ts';
import type { SomeFormula } from './formula.ts';

export type SearchResult =
  | { readonly kind: 'found'; readonly valueOf: (dimension: string) => Value; readonly dimensions: readonly string[] }
  | { readonly kind: 'none'; readonly refutation: Refutation }
  | { readonly kind: 'undecided'; readonly why: 'budget' | 'mixed types'; readonly on: string };

export interface Decided {
  readonly literals: readonly Literal[];
  readonly value: Value;
}

export type Dimensions = ReadonlyMap<string, Decided>;
/** What a refutation rests on: literals and parts of the formula that were assumed. */
export type Core = ReadonlySet<object>;

/** A part of the formula in which something must be chosen; the object stands for having assumed it. */
export interface Choice {
  readonly formula: SomeFormula;
}

export type Assumed =
  | {
      readonly kind: 'open';
      readonly dimensions: Dimensions;
      readonly open: readonly Choice[];
      /** What is assumed now and was not before. */
      readonly added: readonly object[];
    }
  | {
      readonly kind: 'conflict';
      readonly refutation: Refutation;
      readonly core: Core;
      readonly added: readonly object[];
    }
  | Stuck;

export interface Stuck {
  readonly kind: 'stuck';
  readonly result: Extract<SearchResult, { kind: 'undecided' }>;
}

export type Outcome = { readonly kind: 'found'; readonly dimensions: Dimensions } | Refuted | Stuck;

export interface Refuted {
  readonly kind: 'refuted';
  readonly refutation: Refutation;
  readonly core: Core;
}

/** A choice of which one alternative after the other is tried. */
export interface Decision {
  readonly choice: Choice;
  readonly dimensions: Dimensions;
  readonly rest: readonly Choice[];
  /** The alternative that is tried next. */
  next: number;
  /** What the alternative that is tried now assumes. */
  added: readonly object[];
  /** Refutations of those before. */
  readonly branches: Refutation[];
  readonly core: Set<object>;
}

/**
 * Tells the last decision that its alternative is refuted. Decisions on which the refutation does not rest are refuted with it:
 * it would be the same whatever had been decided. False where no decision is left.
 */
export function learn(decisions: Decision[], { refutation, core }: Refuted): boolean {
  for (let decision = decisions.at(-1); decision !== undefined; decision = decisions.at(-1)) {
    const { added } = decision;
    if (added.some((each) => core.has(each))) {
      decision.branches.push(refutation);
      for (const each of core) if (!added.includes(each)) decision.core.add(each);
      return true;
    }
    decisions.pop();
  }
  return false;
}

export function stuck(on: string): Stuck {
  return { kind: 'stuck', result: { kind: 'undecided', why: 'budget', on } };
}

/** The same object for the same literal: an atom stands for itself, its negation for an object beside it. */
export function keyOf({ atom, want }: Literal): object {
  return want ? atom : atom.test;
}
