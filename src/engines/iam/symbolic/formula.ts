import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import type { LayerName } from '../types.ts';
import { holds, opposite, type Literal, type Value } from './atoms.ts';

/** What must be true of a request. `all` of nothing is true, `some` of nothing is false. */
export type Formula = LiteralFormula | AllFormula | SomeFormula;

export interface LiteralFormula {
  readonly kind: 'literal';
  readonly literal: Literal;
}

export interface AllFormula {
  readonly kind: 'all';
  readonly of: readonly Formula[];
  readonly about?: About;
}

export interface SomeFormula {
  readonly kind: 'some';
  readonly of: readonly Formula[];
  readonly about?: About;
}

/** What part of the question a formula stands for. */
export interface About {
  /** What it says when it is true. */
  readonly says: 'matches' | 'does not match' | 'allows' | 'does not allow';
  readonly layer: LayerName;
  readonly policy?: IamPolicy;
  readonly statement?: IamStatement;
  /** For SCPs and RCPs. */
  readonly target?: string;
}

/** All of them. */
export function all(of: readonly Formula[], about?: About): Formula {
  return about === undefined ? { kind: 'all', of } : { kind: 'all', of, about };
}

/** At least one of them. */
export function some(of: readonly Formula[], about?: About): Formula {
  return about === undefined ? { kind: 'some', of } : { kind: 'some', of, about };
}

/** The opposite: what is not determined counts in favour of both. */
export function not(formula: Formula): Formula {
  if (formula.kind === 'literal') return { kind: 'literal', literal: opposite(formula.literal) };
  const of = formula.of.map(not);
  const about = formula.about === undefined ? undefined : { ...formula.about, says: OPPOSITE[formula.about.says] };
  return formula.kind === 'all' ? some(of, about) : all(of, about);
}

const OPPOSITE = {
  matches: 'does not match',
  'does not match': 'matches',
  allows: 'does not allow',
  'does not allow': 'allows',
} as const satisfies Record<About['says'], About['says']>;

/** Whether a formula is true of a request whose dimensions have these values. */
export function isTrue(formula: Formula, valueOf: (dimension: string) => Value): boolean {
  switch (formula.kind) {
    case 'literal':
      return holds(formula.literal, valueOf(formula.literal.atom.dimension));
    case 'all':
      return formula.of.every((part) => isTrue(part, valueOf));
    case 'some':
      return formula.of.some((part) => isTrue(part, valueOf));
  }
}
