import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import { unseen } from '../account/bounded.ts';
import type { Organisation, OrganisationNode } from '../account/organisation-types.ts';
import type { AppliedPolicies, BoundedPolicy, PolicyLevel, UnknownPart } from '../types.ts';
import type { Identity } from './identities.ts';

export type Bound = 'most' | 'least';
type Levels = readonly PolicyLevel[] | undefined;

/** The policies that apply to the requests of an identity, in both bounds. */
export class AppliedBounds {
  readonly #organisation: Organisation | undefined;
  readonly #levels = {
    most: { serviceControl: new Map<string, Levels>(), resourceControl: new Map<string, Levels>() },
    least: { serviceControl: new Map<string, Levels>(), resourceControl: new Map<string, Levels>() },
  };
  readonly #identities = { most: new WeakMap<Identity, IamPolicy[]>(), least: new WeakMap<Identity, IamPolicy[]>() };

  constructor(organisation: Organisation | undefined) {
    this.#organisation = organisation;
  }

  /** `resource` are the policies at the resource, `resourceAccount` whose resource it is. */
  of(
    bound: Bound,
    identity: Identity,
    resourceAccount: string,
    resource: readonly BoundedPolicy[] | undefined,
  ): AppliedPolicies {
    const serviceControl = this.#levelsOf(bound, 'serviceControl', identity.account);
    const resourceControl = this.#levelsOf(bound, 'resourceControl', resourceAccount);
    return {
      identity: this.#policiesOf(bound, identity),
      ...(resource === undefined ? {} : { resource: resource.map((policy) => policy[bound]) }),
      ...(identity.boundary === undefined ? {} : { boundary: [identity.boundary.policy[bound]] }),
      ...(serviceControl === undefined ? {} : { serviceControl }),
      ...(resourceControl === undefined ? {} : { resourceControl }),
      ...(this.#organisation?.management === identity.account ? { managementAccount: true } : {}),
    };
  }

  /** What is not known of the policies that bind an account. */
  unknownsAt(account: string): readonly UnknownPart[] {
    const organisation = this.#organisation;
    const node = organisation?.nodes.get(account);
    if (organisation === undefined || node === undefined) return [];
    const gaps = organisation.gaps.map(({ message, at }) => ({ why: message, at }));
    const enabled = Object.values(organisation.enabled).includes('unknown')
      ? [{ why: 'whether the organisation has its policies switched on is not known', at: organisation.at }]
      : [];
    const policies = chainOf(organisation, node).flatMap((one) => [...one.serviceControl, ...one.resourceControl]);
    return [...gaps, ...enabled, ...policies.flatMap(({ policy }) => policy.unknowns)];
  }

  /** One list for each identity, so that its policies are compiled once. */
  #policiesOf(bound: Bound, identity: Identity): readonly IamPolicy[] {
    const known = this.#identities[bound];
    const found = known.get(identity) ?? identity.policies.map(({ policy }) => policy[bound]);
    known.set(identity, found);
    return found;
  }

  #levelsOf(
    bound: Bound,
    kind: 'serviceControl' | 'resourceControl',
    account: string,
  ): readonly PolicyLevel[] | undefined {
    if (this.#organisation === undefined) return undefined;
    const known = this.#levels[bound][kind];
    if (known.has(account)) return known.get(account);
    const levels = levelsOf(this.#organisation, bound, kind, account);
    known.set(account, levels);
    return levels;
  }
}

/**
 * What binds an account, from the root down; undefined where nothing does. Where it is not known whether policies are
 * switched on, or something is attached to a target that is not known, `least` takes it that they deny.
 */
export function levelsOf(
  organisation: Organisation | undefined,
  bound: Bound,
  kind: 'serviceControl' | 'resourceControl',
  account: string,
): readonly PolicyLevel[] | undefined {
  const node = organisation?.nodes.get(account);
  if (organisation === undefined || node === undefined) return undefined;
  const enabled = organisation.enabled[kind];
  if (enabled === false || (enabled === 'unknown' && bound === 'most')) return undefined;
  const levels = chainOf(organisation, node).map((one) => ({
    target: one.name,
    policies: one[kind].map(({ policy }) => policy[bound]),
  }));
  const [gap] = organisation.gaps;
  if (gap === undefined || bound === 'most') return levels;
  return [...levels, { target: 'not in sight', policies: [unseen('policy', gap.message, gap.at).least] }];
}

/** Nodes from the root to one of its descendants. */
function chainOf({ nodes }: Organisation, node: OrganisationNode): readonly OrganisationNode[] {
  const chain = [node];
  for (let next = node; next.parent !== undefined && chain.length < 20;) {
    const parent = nodes.get(next.parent);
    if (parent === undefined) break;
    chain.unshift(parent);
    next = parent;
  }
  return chain;
}
