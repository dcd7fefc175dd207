import { patternSet, type PatternSet } from '../../../lib/automata/pattern-set.ts';
import { STAR, wildcardTokens, type Token } from '../../../lib/automata/tokens.ts';
import type { IamCondition, IamPatterns, IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import type { Atom, AtomTest, Literal } from './atoms.ts';
import { compileText, type CompiledText, type PatternStyle, type Variables } from './pattern-text.ts';
import { compilePredicate, isNegated } from './predicates.ts';

/** A statement as literals that must all hold for it to match; whom it is about is decided apart. */
export interface CompiledStatement {
  readonly policy: IamPolicy;
  readonly statement: IamStatement;
  readonly literals: readonly Literal[];
  /** Variables that are not determined, in lower case. */
  readonly free: readonly string[];
}

/** Statements without variables mean the same in every question: they are compiled once. */
const compiled = new WeakMap<IamStatement, CompiledStatement>();

/** Compiles a statement; variables stand for what `variables` says. */
export function compileStatement(policy: IamPolicy, statement: IamStatement, variables: Variables): CompiledStatement {
  const known = compiled.get(statement);
  if (known?.policy === policy) return known;
  const used: string[] = [];
  const free: string[] = [];
  const note = (text: { readonly free: readonly string[]; readonly used: readonly string[] }): void => {
    used.push(...text.used);
    free.push(...text.free);
  };
  const meaning = policy.version === '2012-10-17' ? variables : undefined;
  const literals: Literal[] = [actionLiteral(statement)];
  if (statement.resources !== undefined) literals.push(resourceLiteral(statement.resources, meaning, note, statement));
  for (const condition of statement.conditions) literals.push(conditionLiteral(condition, meaning, note, statement));
  const result: CompiledStatement = {
    policy,
    statement,
    literals: literals.filter(({ atom, want }) => !isTrivial(atom, want)),
    free: [...new Set(free)],
  };
  if (used.length === 0) compiled.set(statement, result);
  return result;
}

/** A literal of the question itself: patterns that the action must match, or must not. */
export function actionsLiteral({ negated, patterns }: IamPatterns): Literal {
  return { atom: atomOf('action', textTest(actionSet(patterns)), { part: 'action' }), want: !negated };
}

/** A literal of the question itself: patterns that the resource must match, or must not. */
export function resourcesLiteral(patterns: IamPatterns): Literal {
  return resourceLiteral(patterns, undefined, () => undefined);
}

/** A literal of the question itself: a condition that must hold. */
export function conditionLiteral(
  condition: IamCondition,
  variables?: Variables,
  note: (text: { readonly free: readonly string[]; readonly used: readonly string[] }) => void = () => undefined,
  statement?: IamStatement,
): Literal {
  const origin = { part: condition, ...(statement === undefined ? {} : { statement }) };
  const dimension = `key:${condition.key.toLowerCase()}`;
  if (condition.operator === 'Null') {
    const absent = condition.values.some((value) => value.toLowerCase() === 'true');
    const present = condition.values.some((value) => value.toLowerCase() === 'false');
    // Both together hold always, neither never.
    if (absent === present) return { atom: atomOf(dimension, { kind: 'never' }, origin), want: !absent };
    return { atom: atomOf(dimension, { kind: 'absent' }, origin), want: absent };
  }
  const text = compilePredicate(condition, variables);
  note(text);
  const whenAbsent =
    condition.ifExists ||
    (condition.quantifier === undefined ? isNegated(condition.operator) : condition.quantifier === 'all');
  const test: AtomTest = {
    kind: 'values',
    quantifier: condition.quantifier,
    whenAbsent,
    predicate: text.predicate,
  };
  return { atom: atomOf(dimension, test, origin), want: true };
}

function actionLiteral(statement: IamStatement): Literal {
  const { negated, patterns } = statement.actions;
  const origin = { part: 'action', statement } as const;
  return { atom: atomOf('action', textTest(actionSet(patterns)), origin), want: !negated };
}

const RESOURCES: PatternStyle = { wildcards: true, fold: false, arn: false };

function resourceLiteral(
  { negated, patterns }: IamPatterns,
  variables: Variables | undefined,
  note: (text: CompiledText) => void,
  statement?: IamStatement,
): Literal {
  const style = variables === undefined ? RESOURCES : { ...RESOURCES, variables };
  const texts = patterns.map((pattern) => compileText(pattern, style));
  texts.forEach(note);
  const origin = { part: 'resource', ...(statement === undefined ? {} : { statement }) } as const;
  // Nobody can say what a NotResource with an absent variable leaves out: it does not match.
  if (negated && texts.some(({ over }) => over === undefined))
    return { atom: atomOf('resource', { kind: 'never' }, origin), want: true };
  const over = setOf(texts.map((text) => text.over));
  if (texts.every(({ free }) => free.length === 0))
    return { atom: atomOf('resource', { kind: 'text', over, under: over }, origin), want: !negated };
  const under = setOf(texts.map((text) => text.under));
  return {
    atom: atomOf('resource', { kind: 'text', over: negated ? EVERYTHING : over, under }, origin),
    want: !negated,
  };
}

const EVERYTHING = patternSet([[STAR]]);

function setOf(patterns: readonly (readonly Token[] | undefined)[]): PatternSet {
  return patternSet(patterns.flatMap((tokens) => (tokens === undefined ? [] : [tokens])));
}

/** Actions are compared without case: both sides in lower case. */
function actionSet(patterns: readonly string[]): PatternSet {
  return patternSet(patterns.map((pattern) => wildcardTokens(pattern.toLowerCase())));
}

function textTest(set: PatternSet): AtomTest {
  return { kind: 'text', over: set, under: set };
}

/** `Resource: "*"` and the like hold of everything and need no literal. */
function isTrivial({ test }: Atom, want: boolean): boolean {
  return (
    want &&
    test.kind === 'text' &&
    test.under.patterns.some((tokens) => tokens.length > 0 && tokens.every((token) => token.kind === 'star'))
  );
}

let count = 0;

function atomOf(dimension: string, test: AtomTest, origin: Atom['origin']): Atom {
  return { id: ++count, dimension, test, origin };
}
