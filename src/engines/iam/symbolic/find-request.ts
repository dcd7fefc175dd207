import type { Budget } from '../../../lib/automata/shortest.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { evaluate } from '../concrete/evaluate.ts';
import type { AppliedPolicies, IamRequest, RequestPrincipal } from '../types.ts';
import { allowedFormula } from './allowed.ts';
import type { Literal } from './atoms.ts';
import type { CaseCertificate } from './certificate.ts';
import { checkCertificate } from './check-certificate.ts';
import { TooLargeToCheck } from './check-texts.ts';
import { actionsLiteral, conditionLiteral, resourcesLiteral } from './compile-statement.ts';
import { differencesOf } from './differences.ts';
import { domainsOf, severalValued } from './domains.ts';
import { all, isTrue, not, type Formula } from './formula.ts';
import { instantiations } from './instantiate.ts';
import { findRealRequest } from './realism.ts';
import { requestOf, valuesOf } from './request.ts';
import { searchFormula, type Solutions } from './search.ts';
import { principalWithArn, subjectsOf, type Subject, type Subjects } from './subjects.ts';
import type { Certificate, RequestAnswer, RequestQuery, RequestSpace } from './types.ts';

/** Some seconds. */
const DEFAULT_BUDGET = 5_000_000;
/** Steps of the checker, each through all patterns of a conflict: some seconds. */
const CHECKING_BUDGET = 20_000_000;
/** First somebody of a class is chosen, then values for variables. */
const MOST_NARROWED = 2;

/**
 * Is there a request that the policies allow, such that ...? A request that is found was decided again by the concrete evaluator;
 * "none" carries its certificate; what could not be decided says what stands in the way.
 */
export function findRequest(query: RequestQuery): RequestAnswer {
  const budget: Budget = { left: query.budget ?? DEFAULT_BUDGET };
  if (query.realism !== undefined) return findRealRequest(query.realism, (extra) => answer(query, extra, budget));
  return answer(query, [], budget);
}

function answer(query: RequestQuery, extra: readonly Literal[], budget: Budget): RequestAnswer {
  const policies = [...policiesOf(query.policies), ...policiesOf(query.notAllowedBy)];
  const { subjects, incomplete } = whoMayAsk(query, policies);
  const several = severalValued(policies, query.space ?? {});
  const question: Question = {
    query,
    several,
    budget,
    solutions: new Map(),
    asked: [...spaceLiterals(query.space ?? {}), ...extra],
  };
  const cases: CaseCertificate[] = [];
  let undecided = incomplete;
  const refuted = new Set<string>();
  const tellApart = subjects.length > 1 ? differencesOf(policies, query) : undefined;
  for (const subject of subjects) {
    const signature = tellApart?.(subject);
    if (signature !== undefined && refuted.has(signature)) continue;
    const found = solve(question, subject, query.space ?? {});
    if (found.kind === 'found') return found;
    if (found.kind === 'undecided') undecided ??= found.why;
    else {
      cases.push(found.refuted);
      if (signature !== undefined) refuted.add(signature);
    }
  }
  if (undecided !== undefined) return { kind: 'undecided', why: undecided };
  const certificate = { cases };
  return query.checked === false ? { kind: 'none', certificate } : believed(certificate);
}

/** A refutation that was checked; one that is too large for that proves nothing, and one that is wrong is a bug of ours. */
function believed(certificate: Certificate): RequestAnswer {
  try {
    const problem = checkCertificate(certificate, { left: CHECKING_BUDGET });
    if (problem !== undefined) throw new Error(`a refutation does not hold: ${problem}`);
    return { kind: 'none', certificate };
  } catch (error) {
    if (error instanceof TooLargeToCheck) return { kind: 'undecided', why: error.message };
    throw error;
  }
}

interface Question {
  readonly query: RequestQuery;
  readonly several: ReadonlySet<string>;
  readonly budget: Budget;
  readonly solutions: Solutions;
  /** What the question itself asks of the request. */
  readonly asked: readonly Literal[];
}

type CaseAnswer =
  Exclude<RequestAnswer, { kind: 'none' }> | { readonly kind: 'none'; readonly refuted: CaseCertificate };

/** One class of principals. */
function solve(question: Question, subject: Subject, space: RequestSpace, narrowed = 0): CaseAnswer {
  const { query, several, budget, asked } = question;
  const { domainOf, variables } = domainsOf(subject, query.resourceAccount, space, several);
  const standpoint = { principal: subject.principal, resourceAccount: query.resourceAccount, variables };
  const allowed = allowedFormula(query.policies, standpoint);
  const other = query.notAllowedBy === undefined ? undefined : allowedFormula(query.notAllowedBy, standpoint);
  const formula: Formula = all([
    ...asked.map((literal) => ({ kind: 'literal', literal }) as const),
    // First what is refuted most easily.
    ...(other === undefined ? [] : [not(other.formula)]),
    allowed.formula,
  ]);
  const result = searchFormula(formula, domainOf, budget, question.solutions);
  if (result.kind === 'none')
    return {
      kind: 'none',
      refuted: { principal: subject.principal, domainOf, formula, refutation: result.refutation },
    };
  if (result.kind === 'undecided') return { kind: 'undecided', why: explain(result) };
  const request = requestOf(result, subject, query, space);
  if (confirms(question, request)) return { kind: 'found', request };
  const free = new Set([...allowed.free, ...(other?.free ?? [])]);
  if (subject.arns === undefined && free.size === 0)
    throw new Error(`the symbolic and the concrete evaluation of IAM disagree about ${JSON.stringify(plain(request))}`);
  if (narrowed >= MOST_NARROWED) return { kind: 'undecided', why: 'its variables depend on each other' };
  const tries =
    subject.arns === undefined
      ? instantiations(free, space, result.valueOf, query).map((narrower) => [subject, narrower] as const)
      : exactSubjects(subject, request.principal).map((exact) => [exact, space] as const);
  for (const [exact, narrower] of tries) {
    const found = solve(question, exact, narrower, narrowed + 1);
    if (found.kind === 'found') return found;
  }
  const names = free.size === 0 ? 'the ARN and the name of a user together' : [...free].sort().join(', ');
  return { kind: 'undecided', why: `it depends on ${names}` };
}

/** The principal of the request, and one of whom nothing is said. */
function exactSubjects(subject: Subject, principal: RequestPrincipal): readonly Subject[] {
  return [{ principal }, { principal: principalWithArn(subject, subject.principal.role ?? subject.principal.arn) }];
}

function confirms({ query, asked }: Question, request: IamRequest): boolean {
  if (evaluate(request, query.policies).decision !== 'Allowed') return false;
  if (query.notAllowedBy !== undefined && evaluate(request, query.notAllowedBy).decision === 'Allowed') return false;
  const valueOf = valuesOf(request);
  return asked.every((literal) => isTrue({ kind: 'literal', literal }, valueOf));
}

function spaceLiterals({ actions, resources, conditions }: RequestSpace): readonly Literal[] {
  return [
    ...(actions ?? []).map(actionsLiteral),
    ...(resources ?? []).map(resourcesLiteral),
    ...(conditions ?? []).map((condition) => conditionLiteral(condition)),
  ];
}

function whoMayAsk({ principal, resourceAccount }: RequestQuery, documents: readonly IamPolicy[]): Subjects {
  if (principal !== undefined && 'arn' in principal) return { subjects: [{ principal }] };
  return subjectsOf(principal ?? {}, documents, resourceAccount);
}

function policiesOf(applied: AppliedPolicies | undefined): readonly IamPolicy[] {
  if (applied === undefined) return [];
  const { identity, resource, boundary, session, serviceControl, resourceControl } = applied;
  const levels = [...(serviceControl ?? []), ...(resourceControl ?? [])].flatMap(({ policies }) => policies);
  return [...identity, ...(resource ?? []), ...(boundary ?? []), ...(session ?? []), ...levels];
}

function explain({ why, on }: { readonly why: 'budget' | 'mixed types'; readonly on: string }): string {
  const where = on.startsWith('key:') ? `the key ${on.slice('key:'.length)}` : on;
  return why === 'budget' ? `too many steps: ${where}` : `values of several types are compared: ${where}`;
}

function plain(request: IamRequest): unknown {
  return { ...request, context: Object.fromEntries(request.context) };
}
