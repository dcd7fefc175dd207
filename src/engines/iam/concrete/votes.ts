import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { principalContext } from '../principal-context.ts';
import type { AppliedPolicies, DecidingStatement, IamRequest, LayerName, PolicyLevel } from '../types.ts';
import { compilePolicy, type Asked } from './compile.ts';
import { nearer, type Reach } from './principals.ts';

/** What the policies of all layers say about one request. */
export interface Votes {
  readonly denies: readonly DecidingStatement[];
  readonly allows: readonly DecidingStatement[];
  /** Layers that have a statement that allows; of SCPs only where every level has one. */
  readonly allowing: ReadonlySet<LayerName>;
  /** How near the resource's policy names the principal in a statement that allows. */
  readonly reach: Reach | undefined;
}

/** Asks every statement of every layer that binds this request. */
export function collectVotes(request: IamRequest, applied: AppliedPolicies): Votes {
  const ballot = new Ballot(request);
  ballot.ask('identity', applied.identity);
  ballot.ask('resource', applied.resource);
  ballot.ask('boundary', applied.boundary);
  ballot.ask('session', applied.session);
  if (bindsPrincipal(request, applied)) ballot.askLevels('serviceControl', applied.serviceControl);
  if (bindsResource(request, applied)) ballot.askLevels('resourceControl', applied.resourceControl);
  return ballot;
}

/** Whether service control policies speak about this principal: one of a member account, and no service-linked role. */
export function bindsPrincipal({ principal }: IamRequest, { managementAccount }: AppliedPolicies): boolean {
  return principal.account !== undefined && principal.serviceLinked !== true && managementAccount !== true;
}

/** Whether resource control policies speak about this request: not about service-linked roles, nor the management account's resources. */
function bindsResource(request: IamRequest, { managementAccount }: AppliedPolicies): boolean {
  const { principal } = request;
  return principal.serviceLinked !== true && (managementAccount !== true || isCrossAccount(request));
}

/** Whether the resource belongs to another account than the principal. */
export function isCrossAccount({ principal, resourceAccount }: IamRequest): boolean {
  return resourceAccount !== undefined && resourceAccount !== principal.account;
}

/** Holds what was found so far. */
class Ballot implements Votes {
  readonly denies: DecidingStatement[] = [];
  readonly allows: DecidingStatement[] = [];
  readonly allowing = new Set<LayerName>();
  reach: Reach | undefined;
  readonly #asked: Asked;

  constructor(request: IamRequest) {
    let own: ReturnType<typeof principalContext> | undefined;
    this.#asked = {
      principal: request.principal,
      action: request.action.toLowerCase(),
      resource: request.resource,
      lookup: (key) => request.context.get(key) ?? (own ??= principalContext(request)).get(key),
    };
  }

  ask(layer: LayerName, policies: readonly IamPolicy[] | undefined, target?: string): boolean {
    const before = this.allows.length;
    for (const policy of policies ?? []) {
      for (const { statement, applies } of compilePolicy(policy)) {
        // Who a resource's policy does not name, it does not speak about.
        if (layer === 'resource' && statement.principals === undefined) continue;
        const reach = applies(this.#asked);
        if (reach === undefined) continue;
        const deciding = target === undefined ? { layer, policy, statement } : { layer, policy, statement, target };
        if (statement.effect === 'Deny') this.denies.push(deciding);
        else {
          this.allows.push(deciding);
          if (layer === 'resource') this.reach = nearer(this.reach, reach);
        }
      }
    }
    const allowed = this.allows.length > before;
    if (allowed && target === undefined) this.allowing.add(layer);
    return allowed;
  }

  askLevels(layer: LayerName, levels: readonly PolicyLevel[] | undefined): void {
    const all = (levels ?? []).map(({ target, policies }) => this.ask(layer, policies, target));
    if (all.every(Boolean)) this.allowing.add(layer);
  }
}
