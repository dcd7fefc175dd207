import type { AppliedPolicies, IamDecision, IamRequest, LayerName } from '../types.ts';
import { bindsPrincipal, collectVotes, isCrossAccount, type Votes } from './votes.ts';

/**
 * Decides a request as AWS documents it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html): one deny is enough; otherwise
 * every layer that must allow has to. Policies are compiled when they are first seen, and remembered.
 */
export function evaluate(request: IamRequest, applied: AppliedPolicies): IamDecision {
  const votes = collectVotes(request, applied);
  if (votes.denies.length > 0) return { decision: 'ExplicitlyDenied', by: votes.denies, missing: [] };
  const missing = [...missingGrants(request, applied, votes), ...missingGuardrails(request, applied, votes)];
  return missing.length > 0
    ? { decision: 'ImplicitlyDenied', by: [], missing }
    : { decision: 'Allowed', by: votes.allows, missing: [] };
}

/** SCPs must allow at every level. RCPs need not: RCPFullAWSAccess is always attached, and cannot be detached. */
function missingGuardrails(request: IamRequest, applied: AppliedPolicies, votes: Votes): LayerName[] {
  const bound = applied.serviceControl !== undefined && bindsPrincipal(request, applied);
  return bound && !votes.allowing.has('serviceControl') ? ['serviceControl'] : [];
}

/** Layers of the principal's and of the resource's account that must allow and do not. */
function missingGrants(request: IamRequest, applied: AppliedPolicies, votes: Votes): LayerName[] {
  const { principal } = request;
  const byResource: LayerName[] = votes.reach === undefined ? ['resource'] : [];
  // Who has no account has no policies of its own.
  if (principal.account === undefined) return byResource;
  if (principal.kind === 'root') return missingForRoot(request, byResource);
  const limits = missingLimits(request, applied, votes);
  const byIdentity: LayerName[] = votes.allowing.has('identity') ? [] : ['identity'];
  const both = [...byIdentity, ...byResource, ...limits];
  if (isCrossAccount(request)) return both;
  if (votes.reach === 'direct') return [];
  if (votes.reach === 'role') return limits;
  if (needsResourcePolicy(request)) return both;
  const either: LayerName[] = byIdentity.length > 0 && applied.resource !== undefined ? byResource : [];
  return [...byIdentity, ...either, ...limits];
}

/** The root user needs no policy of its own account, save where only the resource's policy gives; it cannot assume roles. */
function missingForRoot(request: IamRequest, byResource: LayerName[]): LayerName[] {
  if (request.action.toLowerCase() === 'sts:assumerole') return ['identity'];
  return isCrossAccount(request) || needsResourcePolicy(request) ? byResource : [];
}

/** Permissions boundary and session policies; a federated user that was given no session policy may do nothing by itself. */
function missingLimits({ principal }: IamRequest, applied: AppliedPolicies, votes: Votes): LayerName[] {
  const limits: LayerName[] = [];
  if (applied.boundary !== undefined && !votes.allowing.has('boundary')) limits.push('boundary');
  const session = applied.session !== undefined || principal.kind === 'federated-user';
  if (session && !votes.allowing.has('session')) limits.push('session');
  return limits;
}

const TRUST_ACTIONS: ReadonlySet<string> = new Set([
  'sts:assumerole',
  'sts:assumerolewithsaml',
  'sts:assumerolewithwebidentity',
  'sts:tagsession',
  'sts:setsourceidentity',
  'sts:setcontext',
]);

/**
 * Roles and KMS keys: identity policies count only where the trust or key policy lets them, also in the same account. A
 * request for one without its `resource` layer is therefore not allowed.
 */
function needsResourcePolicy({ action, resource }: IamRequest): boolean {
  if (TRUST_ACTIONS.has(action.toLowerCase())) return /^arn:[^:]*:iam::[^:]*:role\//.test(resource);
  return /^kms:/i.test(action) && /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(resource);
}
