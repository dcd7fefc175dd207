import type { DecidingStatement, IamRequest, RequestPrincipal, UnknownPart } from '../types.ts';
import type { BoundedPolicy } from '../types.ts';
import { evaluate } from '../concrete/evaluate.ts';
import { findRequest } from '../symbolic/find-request.ts';
import type { AppliedBounds, Bound } from './applied.ts';
import { candidates } from './candidates.ts';
import { factorContext, type Credential } from './credentials.ts';
import type { Identity } from './identities.ts';
import { allowing, mayAllow } from './prefilter.ts';

/** May this identity, signed in so, do this? */
export interface Question {
  readonly identity: Identity;
  /** Who asks, where it is another session than the usual one. */
  readonly as?: RequestPrincipal;
  readonly credential: Credential;
  readonly action: string;
  /** ARN of the resource; a pattern where whoever asks may choose the name of what is made. */
  readonly resource: string;
  readonly resourceAccount?: string;
  /** Policies at the resource: trust policy of a role, key policy. */
  readonly resourcePolicies?: readonly BoundedPolicy[];
  /** Keys that the request has for certain, such as the service that a role is passed to. */
  readonly context?: ReadonlyMap<string, string>;
}

/** Yes, with the request that shows it. */
export interface Permit {
  /** `certain` whatever the unknown parts are, `possible` where it depends on them. */
  readonly certainty: 'certain' | 'possible';
  readonly request: IamRequest;
  /** Statements that allow it. */
  readonly by: readonly DecidingStatement[];
  /** What it depends on. */
  readonly unknowns: readonly UnknownPart[];
}

/**
 * Answers questions over the policies of a world: first by trying likely requests with the concrete evaluator, then by asking
 * the symbolic engine, which alone can say no. What it cannot decide is possible, and says why.
 */
export class Asker {
  readonly #applied: AppliedBounds;
  readonly #actions = new WeakMap<Identity, Map<string, boolean>>();
  readonly #memo = new Map<string, Permit | undefined>();
  /** How many questions went to the symbolic engine. */
  searches = 0;

  constructor(applied: AppliedBounds) {
    this.#applied = applied;
  }

  ask(question: Question): Permit | undefined {
    if (!this.#mayEver(question)) return undefined;
    const key = keyOf(question);
    if (this.#memo.has(key)) return this.#memo.get(key);
    const answer = this.#answer(question);
    this.#memo.set(key, answer);
    return answer;
  }

  /** Whether the question is worth more than a look: most are not. */
  #mayEver(question: Question): boolean {
    const { identity, action } = question;
    const account = question.resourceAccount ?? identity.account;
    const policies = this.#applied.of('most', identity, account, question.resourcePolicies);
    if (question.resourcePolicies === undefined) {
      const byAction = this.#actions.get(identity) ?? new Map<string, boolean>();
      this.#actions.set(identity, byAction);
      const may = byAction.get(action) ?? allowing(policies.identity, action, '*').length > 0;
      byAction.set(action, may);
      if (!may) return false;
    }
    return mayAllow(question, policies);
  }

  #answer(question: Question): Permit | undefined {
    const most = this.#find(question, 'most');
    if (most === undefined) return undefined;
    const accounts = new Set([question.identity.account, question.resourceAccount ?? question.identity.account]);
    const unknowns = [
      ...unknownsOf(question),
      ...[...accounts].flatMap((account) => this.#applied.unknownsAt(account)),
    ];
    if (!('why' in most)) {
      const least = unknowns.length === 0 ? most : this.#find(question, 'least', most.request);
      if (least !== undefined && !('why' in least)) {
        const guessed = guessedKeys(least.request, question);
        const certainty = guessed.length === 0 ? 'certain' : 'possible';
        return { certainty, ...least, unknowns: guessed };
      }
      return { certainty: 'possible', ...most, unknowns };
    }
    const request = requestOf(question, question.resource, new Map());
    return { certainty: 'possible', request, by: [], unknowns: [{ why: most.why }] };
  }

  /** A request that one bound allows; undefined where there is none, and why where that could not be decided. */
  #find(
    question: Question,
    bound: Bound,
    first?: IamRequest,
  ): Pick<Permit, 'request' | 'by'> | { readonly why: string } | undefined {
    const { identity } = question;
    const account = question.resourceAccount ?? identity.account;
    const policies = this.#applied.of(bound, identity, account, question.resourcePolicies);
    if (!mayAllow(question, policies)) return undefined;
    const requests = first === undefined ? [] : [first];
    for (const { resource, context } of candidates(question, policies))
      requests.push(requestOf(question, resource, context));
    for (const request of requests) {
      const { decision, by } = evaluate(request, policies);
      if (decision === 'Allowed') return { request, by };
    }
    this.searches++;
    const fixed = new Map(
      given(question).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
    );
    const answer = findRequest({
      policies,
      principal: question.as ?? identity.principal,
      resourceAccount: account,
      space: {
        actions: [{ negated: false, patterns: [question.action] }],
        resources: [{ negated: false, patterns: [question.resource] }],
        context: fixed,
        absent: given(question).flatMap(([key, value]) => (value === undefined ? [key] : [])),
      },
    });
    if (answer.kind === 'none') return undefined;
    if (answer.kind === 'undecided') return { why: answer.why };
    return { request: answer.request, by: evaluate(answer.request, policies).by };
  }
}

function keyOf({
  identity,
  credential,
  action,
  resource,
  resourceAccount,
  resourcePolicies,
  context,
}: Question): string {
  const trust = resourcePolicies?.map(({ most }) => most.name ?? '').join() ?? '';
  return [identity.id, credential, action, resource, resourceAccount, trust, ...(context?.values() ?? [])].join('\n');
}

function given({ credential, context }: Question): (readonly [string, string | undefined])[] {
  return [...factorContext(credential), ...(context ?? [])];
}

function requestOf(question: Question, resource: string, more: ReadonlyMap<string, string>): IamRequest {
  const context = new Map<string, string>([['aws:securetransport', 'true'], ...more]);
  for (const [key, value] of given(question)) {
    if (value === undefined) context.delete(key);
    else context.set(key, value);
  }
  const { identity, action, resourceAccount } = question;
  return {
    principal: question.as ?? identity.principal,
    action,
    resource,
    context,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
  };
}

/** What is not known about the policies that speak to the question. */
function unknownsOf({ identity, resourcePolicies }: Question): readonly UnknownPart[] {
  const attached = [...identity.policies, ...(identity.boundary === undefined ? [] : [identity.boundary])];
  return [...attached.map(({ policy }) => policy), ...(resourcePolicies ?? [])].flatMap(({ unknowns }) => unknowns);
}

/** Keys that neither the caller chooses nor the world tells: a request that needs them may not come about. */
const NOT_CHOSEN =
  /^(?:aws:(?:principaltag\/|principalorg|sourcevpc|sourcevpce|vpcsourceip|resourceorg|userid|federatedprovider)|iam:resourcetag\/|aws:resourcetag\/)/;

function guessedKeys({ context }: IamRequest, question: Question): UnknownPart[] {
  return [...context.keys()]
    .filter((key) => NOT_CHOSEN.test(key) && question.context?.has(key) !== true)
    .map((key) => ({ why: `the value of ${key} is not known` }));
}
