import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import type { IamWorld } from '../../../engines/iam/account/types.ts';
import { evaluate } from '../../../engines/iam/concrete/evaluate.ts';
import { AppliedBounds } from '../../../engines/iam/paths/applied.ts';
import { factorContext, type Credential } from '../../../engines/iam/paths/credentials.ts';
import type { Identity } from '../../../engines/iam/paths/identities.ts';
import { nodeKey, type Certainty, type PathModel } from '../../../engines/iam/paths/model.ts';
import { mayName } from '../../../engines/iam/paths/prefilter.ts';
import { findRequest } from '../../../engines/iam/symbolic/find-request.ts';
import type { RequestSpace } from '../../../engines/iam/symbolic/types.ts';
import type { ServiceData } from '../../../engines/iam/services/service-data.ts';
import type { DecidingStatement, IamRequest, UnknownPart } from '../../../engines/iam/types.ts';
import { ABOUT_ONESELF, ABOUT_THE_ACCOUNT } from './own-credentials.ts';
import { triedRequests } from './tried-requests.ts';

/** A privileged request that somebody may make. */
export interface Privilege {
  readonly certainty: Certainty;
  readonly request: IamRequest;
  readonly by: readonly DecidingStatement[];
  readonly unknowns: readonly UnknownPart[];
}

/**
 * A request beyond managing one's own credentials that an identity may make with a credential; undefined where it is proven
 * that there is none. Certain on what its policies allow at least, possible on what they allow at most.
 */
export function privilegedRequest(
  identity: Identity,
  credential: Credential,
  model: PathModel,
  services: ServiceData,
): Privilege | undefined {
  const answers = known.get(model) ?? new Map<string, Privilege | undefined>();
  known.set(model, answers);
  const key = nodeKey({ identity, credential });
  if (!answers.has(key)) answers.set(key, decide(identity, credential, model, services));
  return answers.get(key);
}

/** Many people may become the same role. */
const known = new WeakMap<PathModel, Map<string, Privilege | undefined>>();

function decide(
  identity: Identity,
  credential: Credential,
  { world }: PathModel,
  services: ServiceData,
): Privilege | undefined {
  const bounds = new AppliedBounds(world.organisation);
  const atLeast = bounds.of('least', identity, identity.account, undefined);
  // What people know is a better example than the shortest request.
  for (const request of triedRequests(identity, credential)) {
    const { decision, by } = evaluate(request, atLeast);
    if (decision === 'Allowed') return { certainty: 'certain', request, by, unknowns: [] };
  }
  const least = search(identity, credential, bounds, 'least', services);
  if (least.kind === 'found') {
    const { by } = evaluate(least.request, atLeast);
    return { certainty: 'certain', request: least.request, by, unknowns: [] };
  }
  const given = givenAtResources(identity, credential, world, bounds, services);
  if (given?.certainty === 'certain') return given;
  const most = search(identity, credential, bounds, 'most', services);
  if (most.kind === 'none') return given;
  const unknowns = [
    ...identity.policies.flatMap(({ policy }) => policy.unknowns),
    ...bounds.unknownsAt(identity.account),
    ...(most.kind === 'undecided' ? [{ why: most.why }] : []),
  ];
  const request = most.kind === 'found' ? most.request : likely(identity, credential);
  return { certainty: 'possible', request, by: [], unknowns };
}

/** What policies of resources in sight give to somebody by name, without any policy of their own: buckets, keys, functions. */
function givenAtResources(
  identity: Identity,
  credential: Credential,
  { resourcePolicies }: IamWorld,
  bounds: AppliedBounds,
  services: ServiceData,
): Privilege | undefined {
  let possible: Privilege | undefined;
  for (const { resource, account, policy } of resourcePolicies) {
    const named = { ...policy, most: toSome(policy.most), least: toSome(policy.least) };
    if (
      !named.most.statements.some(
        ({ effect, principals }) => effect === 'Allow' && mayName(principals, identity.principal),
      )
    )
      continue;
    const [others] = spaces(identity, credential);
    const space = {
      ...others,
      resources: [{ negated: false, patterns: [resource, `${resource}/*`, `${resource}:*`] }],
    };
    for (const bound of ['least', 'most'] as const) {
      if (bound === 'most' && possible !== undefined) continue;
      const policies = bounds.of(bound, identity, account, [named]);
      const answer = findRequest({
        policies,
        principal: identity.principal,
        resourceAccount: account,
        space,
        realism: services,
      });
      if (answer.kind !== 'found') continue;
      const { by } = evaluate(answer.request, policies);
      if (bound === 'least') return { certainty: 'certain', request: answer.request, by, unknowns: [] };
      possible = { certainty: 'possible', request: answer.request, by, unknowns: policy.unknowns };
    }
  }
  return possible;
}

/** Without what is public: that is nobody's privilege. */
function toSome(policy: IamPolicy): IamPolicy {
  const isPublic = ({ effect, principals, conditions }: IamStatement): boolean =>
    effect === 'Allow' && conditions.length === 0 && principals?.principals.some(({ value }) => value === '*') === true;
  return { ...policy, statements: policy.statements.filter((statement) => !isPublic(statement)) };
}

function search(
  identity: Identity,
  credential: Credential,
  bounds: AppliedBounds,
  bound: 'most' | 'least',
  services: ServiceData,
) {
  const policies = bounds.of(bound, identity, identity.account, undefined);
  let undecided: { readonly kind: 'undecided'; readonly why: string } | undefined;
  for (const space of spaces(identity, credential)) {
    // First anything at all, which is quick; then something that exists.
    const any = findRequest({ policies, principal: identity.principal, space });
    if (any.kind === 'none') continue;
    const real = findRequest({ policies, principal: identity.principal, space, realism: services });
    if (real.kind === 'found') return real;
    if (real.kind === 'undecided') undecided ??= real;
  }
  return undecided ?? ({ kind: 'none' } as const);
}

/** Everything but one's own credentials, in two parts: other actions, and the same ones on somebody else. */
function spaces({ arn, account }: Identity, credential: Credential): RequestSpace[] {
  const factor = [...factorContext(credential)];
  const signedIn = {
    context: new Map(factor.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))),
    absent: factor.flatMap(([key, value]) => (value === undefined ? [key] : [])),
  };
  const own = [...ABOUT_THE_ACCOUNT, ...ABOUT_ONESELF];
  return [
    { ...signedIn, actions: [{ negated: true, patterns: own }] },
    {
      ...signedIn,
      actions: [{ negated: false, patterns: ABOUT_ONESELF }],
      resources: [{ negated: true, patterns: [arn, `arn:*:iam::${account}:mfa/*`] }],
    },
  ];
}

function likely(identity: Identity, credential: Credential): IamRequest {
  const [space] = spaces(identity, credential);
  return { principal: identity.principal, action: '*', resource: '*', context: space?.context ?? new Map() };
}
