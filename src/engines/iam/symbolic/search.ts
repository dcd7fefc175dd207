import type { Budget } from '../../../lib/automata/shortest.ts';
import { holds, type Literal, type Value } from './atoms.ts';
import type { Refutation } from './certificate.ts';
import { solveDimension, type Domain, type Solution } from './dimension.ts';
import { isTrue, type Formula } from './formula.ts';
import {
  keyOf,
  learn,
  stuck,
  type Assumed,
  type Choice,
  type Core,
  type Decided,
  type Decision,
  type Dimensions,
  type Outcome,
  type Refuted,
  type SearchResult,
  type Stuck,
} from './decisions.ts';

/** The dimensions of the requests that are looked for. */
export type DomainOf = (dimension: string) => Domain;

/** So many decisions may rest on each other. */
const DEEPEST = 20_000;
/** Solutions that are remembered during one search. */
const MOST_REMEMBERED = 5000;
/** Violated parts that are weighed against each other before one is branched on. */
const WEIGHED = 6;

/**
 * Looks for values that make a formula true. It keeps a request that meets all decisions so far; while that request makes some part
 * of the formula false, it decides how to make this part true. A conflict that does not rest on a decision refutes all its
 * alternatives at once.
 */
export function searchFormula(
  formula: Formula,
  domainOf: DomainOf,
  budget: Budget,
  solutions: Solutions = new Map(),
): SearchResult {
  const search = new Search(domainOf, budget, solutions);
  const root = search.assume(new Map(), [formula]);
  if (root.kind === 'stuck') return root.result;
  if (root.kind === 'conflict') return { kind: 'none', refutation: root.refutation };
  const outcome = search.decide(root.dimensions, root.open);
  if (outcome.kind === 'refuted')
    return search.unclear === undefined
      ? { kind: 'none', refutation: outcome.refutation }
      : { kind: 'undecided', why: 'mixed types', on: search.unclear };
  if (outcome.kind === 'stuck') return outcome.result;
  const { dimensions } = outcome;
  return {
    kind: 'found',
    valueOf: (each) => search.valueOf(dimensions, each),
    dimensions: [...new Set([...dimensions.keys(), ...search.consulted()])],
  };
}

/** Solutions of actions and resources, whose domains are the same for everybody who asks one question. */
export type Solutions = Map<string, Solution>;

/** Holds what is the same for all branches: domains, budget, and solutions that were computed before. */
class Search {
  /** A dimension that could not be decided in some branch. */
  unclear: string | undefined;
  readonly #domainOf: DomainOf;
  readonly #budget: Budget;
  readonly #shared: Solutions;
  readonly #own: Solutions = new Map();
  readonly #initial = new Map<string, Value>();

  constructor(domainOf: DomainOf, budget: Budget, solutions: Solutions) {
    this.#shared = solutions;
    this.#domainOf = domainOf;
    this.#budget = budget;
  }

  valueOf(dimensions: Dimensions, dimension: string): Value {
    const decided = dimensions.get(dimension);
    if (decided !== undefined) return decided.value;
    if (!this.#initial.has(dimension)) {
      const solution = this.#solve(dimension, []);
      this.#initial.set(dimension, solution.kind === 'found' ? solution.value : undefined);
    }
    return this.#initial.get(dimension);
  }

  /** Dimensions that were looked at before anything was decided about them. */
  consulted(): Iterable<string> {
    return this.#initial.keys();
  }

  /** Takes formulas for true: their literals narrow dimensions, their alternatives stay open. */
  assume(before: Dimensions, formulas: readonly Formula[]): Assumed {
    const dimensions = new Map(before);
    const open: Choice[] = [];
    const added: object[] = [];
    const rest = [...formulas].reverse();
    for (let formula = rest.pop(); formula !== undefined; formula = rest.pop()) {
      if (formula.kind === 'all') {
        for (let index = formula.of.length - 1; index >= 0; index--) {
          const part = formula.of[index];
          if (part !== undefined) rest.push(part);
        }
      } else if (formula.kind === 'some') {
        const choice = { formula };
        open.push(choice);
        added.push(choice);
      } else {
        const { literal } = formula;
        const { dimension } = literal.atom;
        const literals = dimensions.get(dimension)?.literals ?? [];
        if (literals.some(({ atom, want }) => atom === literal.atom && want === literal.want)) continue;
        added.push(keyOf(literal));
        const narrowed = this.#narrow(dimensions, dimension, [...literals, literal]);
        if (narrowed.kind !== 'decided') return narrowed.kind === 'stuck' ? narrowed : { ...narrowed, added };
        dimensions.set(dimension, narrowed.decided);
      }
    }
    return { kind: 'open', dimensions, open, added };
  }

  #narrow(
    dimensions: Dimensions,
    dimension: string,
    literals: readonly Literal[],
  ):
    | { readonly kind: 'decided'; readonly decided: Decided }
    | { readonly kind: 'conflict'; readonly refutation: Refutation; readonly core: Core }
    | Stuck {
    const before = dimensions.get(dimension);
    const last = literals.at(-1);
    // The shortest of a language is the shortest of each part of it that holds it.
    if (before !== undefined && last !== undefined && holds(last, before.value))
      return { kind: 'decided', decided: { literals, value: before.value } };
    const solution = this.#solve(dimension, literals);
    if (solution.kind === 'found') return { kind: 'decided', decided: { literals, value: solution.value } };
    if (solution.kind === 'exhausted') return stuck(dimension);
    if (solution.kind === 'unclear') this.unclear ??= dimension;
    const needed = solution.kind === 'unclear' ? literals : this.#smallest(dimension, literals);
    return {
      kind: 'conflict',
      refutation: { kind: 'conflict', dimension, literals: needed },
      core: new Set(needed.map(keyOf)),
    };
  }

  /** Literals without which the others would not conflict. */
  #smallest(dimension: string, literals: readonly Literal[]): readonly Literal[] {
    if (literals.length > 8) return literals;
    let needed = literals;
    // Without the last there was no conflict.
    for (const literal of literals.slice(0, -1)) {
      const without = needed.filter((other) => other !== literal);
      if (this.#solve(dimension, without).kind === 'empty') needed = without;
    }
    return needed;
  }

  #solve(dimension: string, literals: readonly Literal[]): Solution {
    const ids = literals.map(({ atom, want }) => (want ? `+${atom.id}` : `-${atom.id}`)).sort();
    const key = `${dimension} ${ids.join(' ')}`;
    const domain = this.#domainOf(dimension);
    const solutions = domain.kind === 'text' ? this.#shared : this.#own;
    const known = solutions.get(key);
    if (known !== undefined) return known;
    const solution = solveDimension(domain, literals, this.#budget);
    if (solutions.size >= MOST_REMEMBERED) solutions.clear();
    solutions.set(key, solution);
    return solution;
  }

  /** Makes the open parts true, one decision after the other. */
  decide(root: Dimensions, rootOpen: readonly Choice[]): Outcome {
    const decisions: Decision[] = [];
    let now: { readonly dimensions: Dimensions; readonly open: readonly Choice[] } = {
      dimensions: root,
      open: rootOpen,
    };
    for (;;) {
      const violated = this.#violated(now.dimensions, now.open);
      if (violated.length === 0) return { kind: 'found', dimensions: now.dimensions };
      const choice = this.#mostConstrained(now.dimensions, violated);
      if (this.#budget.left < 0 || decisions.length >= DEEPEST) return stuck(choice.formula.about?.layer ?? 'question');
      const rest = now.open.filter((each) => each !== choice);
      decisions.push({
        choice,
        dimensions: now.dimensions,
        rest,
        next: 0,
        added: [],
        branches: [],
        core: new Set([choice]),
      });
      const forward = this.#forward(decisions);
      if (forward.kind !== 'open') return forward;
      now = forward;
    }
  }

  /** Takes the next alternative of the last decision that has one which does not conflict at once. */
  #forward(decisions: Decision[]): Exclude<Outcome, { kind: 'found' }> | Extract<Assumed, { kind: 'open' }> {
    for (;;) {
      const decision = decisions.at(-1);
      if (decision === undefined) throw new Error('a search without decisions cannot go on');
      const part = decision.choice.formula.of[decision.next++];
      let refuted: Refuted | undefined;
      if (part === undefined) {
        decisions.pop();
        const { choice, branches, core } = decision;
        refuted = { kind: 'refuted', refutation: { kind: 'split', on: choice.formula, branches }, core };
      } else {
        const taken = this.assume(decision.dimensions, [part]);
        decision.added = taken.kind === 'stuck' ? [] : taken.added;
        if (taken.kind === 'stuck') return taken;
        if (taken.kind === 'open') return { ...taken, open: [...taken.open, ...decision.rest] };
        refuted = { ...taken, kind: 'refuted' };
      }
      if (!learn(decisions, refuted)) return refuted;
    }
  }

  #violated(dimensions: Dimensions, open: readonly Choice[]): readonly Choice[] {
    const violated: Choice[] = [];
    const valueOf = (dimension: string): Value => this.valueOf(dimensions, dimension);
    for (const part of open) {
      this.#budget.left -= 1;
      if (isTrue(part.formula, valueOf)) continue;
      violated.push(part);
      if (part.formula.of.length <= 1 || violated.length >= WEIGHED) break;
    }
    return violated;
  }

  /** The part with the fewest alternatives that do not fail at once. */
  #mostConstrained(dimensions: Dimensions, violated: readonly Choice[]): Choice {
    const [first, ...others] = [...violated].sort((a, b) => a.formula.of.length - b.formula.of.length);
    if (first === undefined) throw new Error('a formula without violated parts has no decision');
    if (others.length === 0 || first.formula.of.length <= 1) return first;
    let best = first;
    let fewest = Infinity;
    for (const choice of [first, ...others]) {
      const { of } = choice.formula;
      if (of.length > 4) break;
      const possible = of.filter((each) => this.assume(dimensions, [each]).kind !== 'conflict').length;
      if (possible < fewest) [best, fewest] = [choice, possible];
    }
    return best;
  }
}
