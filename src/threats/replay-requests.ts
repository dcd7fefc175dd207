import { evaluate } from '../engines/iam/concrete/evaluate.ts';
import { AppliedBounds } from '../engines/iam/paths/applied.ts';
import { trustNaming } from '../engines/iam/paths/assume-edges.ts';
import { factorContext, type Credential } from '../engines/iam/paths/credentials.ts';
import { memberOf, outsider, unlimitedOf, withoutBoundary, type Identity } from '../engines/iam/paths/identities.ts';
import type { PathModel } from '../engines/iam/paths/model.ts';
import type { BoundedPolicy, IamRequest } from '../engines/iam/types.ts';
import type { Json, Replayable, ReplayOutcome } from '../model/index.ts';
import type { Context } from './context.ts';
import { modelOf } from './iam-world.ts';
import { matchesReferenceGlob } from '../lib/glob.ts';

/** A request of somebody who is signed in so. */
export function requestOf(
  { identity, credential }: { readonly identity: Identity; readonly credential: Credential },
  action: string,
  resource: string,
  resourceAccount = identity.account,
): IamRequest {
  const given = [...factorContext(credential)].flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { principal: identity.principal, action, resource, resourceAccount, context: new Map(given) };
}

/** A request as a counterexample carries it; `identity` says with which policies, where it is not the principal's own. */
export function requestToJson(
  { principal, action, resource, resourceAccount, context }: IamRequest,
  identity?: Identity,
): { readonly [key: string]: Json } {
  const arn = principal.role ?? principal.arn;
  return {
    principal: arn,
    ...(identity?.arn !== arn || identity.id === arn ? {} : { identity: identity.id }),
    action,
    resource,
    ...(resourceAccount === undefined ? {} : { resourceAccount }),
    context: Object.fromEntries(
      [...context].map(([key, value]) => [key, typeof value === 'string' ? value : [...value]]),
    ),
  };
}

/** Sends the requests of a counterexample again, one after the other, to the concrete evaluator. */
export function replayRequests(context: Context, { replay }: Replayable): ReplayOutcome {
  const model = modelOf(context);
  const bounds = new AppliedBounds(model.world.organisation);
  const steps: string[] = [];
  const done: IamRequest[] = [];
  const requests = Array.isArray(replay.args.requests) ? (replay.args.requests as readonly Json[]) : [];
  for (const one of requests) {
    if (!isRecord(one)) return { confirmed: false, steps: ['the counterexample names no request'] };
    const arn = textOf(one.principal);
    const identity = identityOf(one.identity === undefined ? arn : textOf(one.identity), model, done);
    if (identity === undefined) return { confirmed: false, steps: [...steps, `${arn} is not declared any more`] };
    const resource = textOf(one.resource);
    const account = one.resourceAccount === undefined ? identity.account : textOf(one.resourceAccount);
    const request: IamRequest = {
      principal: identity.principal,
      action: textOf(one.action),
      resource,
      resourceAccount: account,
      context: contextOf(one.context),
    };
    const policies = bounds.of('least', identity, account, resourcePolicies(request, identity, model, done));
    const given = bounds.of('least', identity, account, policiesAbove(resource, model));
    const { decision } =
      [policies, given].map((all) => evaluate(request, all)).find(isAllowed) ?? evaluate(request, policies);
    steps.push(`${arn}: ${request.action} on ${resource}: ${decision}`);
    if (decision !== 'Allowed') return { confirmed: false, steps };
    done.push(request);
  }
  return { confirmed: requests.length > 0, steps };
}

/** Somebody by id, after what was done before: with any policy, in one more group, in an account that is not in sight. */
function identityOf(id: string, model: PathModel, done: readonly IamRequest[]): Identity | undefined {
  const known = model.identities.get(id);
  if (known !== undefined) return known;
  const outside = /^(?:account |arn:aws:iam::)(\d{12})(?:$|:user\/anybody$)/.exec(id)?.[1];
  const [first] = model.allRoles;
  if (outside !== undefined && first !== undefined) return outsider(outside, first.at);
  const [arn = '', ...changes] = id.split('|');
  let identity = model.identities.get(arn);
  for (const change of changes) {
    const group = model.world.groups.find((one) => `+${one.arn}` === change);
    const boundary = identity?.boundary?.arn;
    const freed = done.some(
      ({ action, resource }) =>
        action.endsWith('PermissionsBoundary') || (action === 'iam:CreatePolicyVersion' && resource === boundary),
    );
    if (identity !== undefined && change === '-boundary' && freed) {
      identity = withoutBoundary(identity);
      continue;
    }
    if (identity === undefined || (change !== '*' && group === undefined)) return undefined;
    identity = group === undefined ? unlimitedOf(identity, freed) : memberOf(identity, group);
  }
  return identity;
}

/** The trust policy of a role, rewritten where a request before did that; policies of other resources. */
function resourcePolicies(
  { resource }: IamRequest,
  identity: Identity,
  model: PathModel,
  done: readonly IamRequest[],
): readonly BoundedPolicy[] | undefined {
  const role = model.allRoles.find(({ arn }) => arn === resource);
  if (role !== undefined) {
    const rewritten = done.some((one) => one.action === 'iam:UpdateAssumeRolePolicy' && one.resource === resource);
    return [rewritten ? trustNaming(identity, role) : role.trust];
  }
  const found = model.world.resourcePolicies.filter((one) => one.resource === resource).map(({ policy }) => policy);
  return found.length === 0 ? undefined : found;
}

/** Policies of what a resource lies in: the bucket of an object, the function of a version. */
function policiesAbove(resource: string, { world }: PathModel): readonly BoundedPolicy[] | undefined {
  const found = world.resourcePolicies
    .filter((one) =>
      [one.resource, `${one.resource}/*`, `${one.resource}:*`].some((text) => matchesReferenceGlob(text, resource)),
    )
    .map(({ policy }) => policy);
  return found.length === 0 ? undefined : found;
}

function isAllowed({ decision }: { readonly decision: string }): boolean {
  return decision === 'Allowed';
}

function contextOf(value: Json | undefined): IamRequest['context'] {
  if (!isRecord(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([key, item]): [string, string | readonly string[]][] => {
      if (typeof item === 'string') return [[key, item]];
      return Array.isArray(item) ? [[key, item.filter((one) => typeof one === 'string')]] : [];
    }),
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
