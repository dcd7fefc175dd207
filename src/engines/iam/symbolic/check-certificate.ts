import { quantifierOf, type Literal } from './atoms.ts';
import type { Budget } from '../../../lib/automata/shortest.ts';
import type { CaseCertificate, Refutation } from './certificate.ts';
import { textsConflict } from './check-texts.ts';
import { valuesConflict } from './check-values.ts';
import type { Domain } from './dimension.ts';
import type { Formula } from './formula.ts';
import type { Certificate } from './types.ts';

/**
 * Checks that a certificate refutes its formulas: every branch takes one alternative of something that must be true, none is left
 * out, and each ends at literals of one dimension that cannot hold together. It shares no search and no automaton with the engine.
 * Returns what is wrong, undefined where nothing is; throws {@link TooLargeToCheck} when the budget is spent.
 */
export function checkCertificate({ cases }: Certificate, budget: Budget = { left: Infinity }): string | undefined {
  for (const one of cases) {
    const known = new Known();
    known.learn(one.formula);
    const check = { domainOf: one.domainOf, budget, conflicts: new Map<string, boolean>() };
    const problem = checkRefutation(one.refutation, known, check);
    if (problem !== undefined) return `${one.principal.arn}: ${problem}`;
  }
  return undefined;
}

/** Holds what must be true on the way to a conflict. */
class Known {
  readonly #parts: Set<object>;
  readonly #wanted: Set<string>;

  constructor(parts: Iterable<object> = [], wanted: Iterable<string> = []) {
    this.#parts = new Set(parts);
    this.#wanted = new Set(wanted);
  }

  learn(formula: Formula): void {
    if (formula.kind === 'literal') this.#wanted.add(nameOf(formula.literal));
    else if (formula.kind === 'some') this.#parts.add(formula);
    else for (const part of formula.of) this.learn(part);
  }

  with(formula: Formula): Known {
    const more = new Known(this.#parts, this.#wanted);
    more.learn(formula);
    return more;
  }

  hasPart(part: object): boolean {
    return this.#parts.has(part);
  }

  hasLiteral(literal: Literal): boolean {
    return this.#wanted.has(nameOf(literal));
  }
}

function nameOf({ atom, want }: Literal): string {
  return `${atom.id}${String(want)}`;
}

/** What is needed beside the refutation; conflicts that were seen are remembered, for branches often end alike. */
interface Check {
  readonly domainOf: CaseCertificate['domainOf'];
  readonly budget: Budget;
  readonly conflicts: Map<string, boolean>;
}

function checkRefutation(refutation: Refutation, known: Known, check: Check): string | undefined {
  if (refutation.kind === 'conflict') {
    const { dimension, literals } = refutation;
    if (!literals.every((literal) => literal.atom.dimension === dimension && known.hasLiteral(literal)))
      return `a conflict in ${dimension} rests on what was not assumed`;
    const key = `${dimension} ${literals.map(nameOf).sort().join(' ')}`;
    const holds = check.conflicts.get(key) ?? conflicts(check.domainOf(dimension), literals, check.budget);
    check.conflicts.set(key, holds);
    return holds ? undefined : `no conflict in ${dimension}`;
  }
  const { on, branches } = refutation;
  if (!known.hasPart(on)) return 'a choice that nothing demands';
  if (branches.length !== on.of.length) return 'an alternative is left out';
  for (const [index, part] of on.of.entries()) {
    const branch = branches[index];
    const problem = branch === undefined ? 'a branch is missing' : checkRefutation(branch, known.with(part), check);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Whether no value of a domain makes all literals true. */
function conflicts(domain: Domain, literals: readonly Literal[], budget: Budget): boolean {
  switch (domain.kind) {
    case 'fixed':
      return !literals.every((literal) => isTrueOf(literal, domain.value));
    case 'text': {
      const { within, outside, alphabet } = domain.language;
      const texts = literals.flatMap(({ atom: { test }, want }) => (test.kind === 'text' ? [{ test, want }] : []));
      if (literals.some(({ atom: { test }, want }) => test.kind === 'never' && want)) return true;
      return textsConflict(
        [...within, ...texts.flatMap(({ test, want }) => (want ? [test.over] : []))],
        [...outside, ...texts.flatMap(({ test, want }) => (want ? [] : [test.under]))],
        alphabet,
        budget,
      );
    }
    case 'key': {
      if (domain.absent && literals.every((literal) => isTrueOf(literal, undefined))) return false;
      return !domain.present || presentConflicts(domain, literals, budget);
    }
  }
}

function presentConflicts(
  domain: Extract<Domain, { kind: 'key' }>,
  literals: readonly Literal[],
  budget: Budget,
): boolean {
  const demands = literals.flatMap(({ atom: { test }, want }) =>
    test.kind === 'values' ? [{ predicate: test.predicate, want, all: (quantifierOf(test) === 'all') === want }] : [],
  );
  // `Null: true`, and conditions that nothing meets.
  if (literals.some(({ atom: { test }, want }) => test.kind !== 'values' && want)) return true;
  const shared = demands.filter(({ all }) => all || !domain.many);
  const others = demands.filter(({ all }) => !all && domain.many);
  if (others.length === 0) return valuesConflict(domain, shared, budget);
  return others.some((demand) => valuesConflict(domain, [...shared, demand], budget));
}

function isTrueOf({ atom: { test }, want }: Literal, value: string | readonly string[] | undefined): boolean {
  switch (test.kind) {
    case 'never':
      return !want;
    case 'absent':
      return (value === undefined) === want;
    case 'text':
      return typeof value === 'string' && (want ? test.over.matches(value) : !test.under.matches(value));
    case 'values': {
      if (value === undefined) return test.whenAbsent === want;
      const values = typeof value === 'string' ? [value] : value;
      const conflict = (text: string): boolean => valuesConflict({ only: text }, [{ predicate: test.predicate, want }]);
      return (quantifierOf(test) === 'all') === want ? !values.some(conflict) : values.some((text) => !conflict(text));
    }
  }
}
