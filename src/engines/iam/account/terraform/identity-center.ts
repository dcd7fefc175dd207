import type { AttachedPolicy, WorldGap } from '../types.ts';
import type { Person } from '../workload-types.ts';
import { leavesOf, resourceLeaf } from '../leaves.ts';
import { unseen } from '../bounded.ts';
import { textAt, textOf, unresolved, writtenAt, type ResourceView } from '../view.ts';
import { documentAt, ifCertain, policyOfArn, type TerraformContext } from './context.ts';

interface PermissionSet {
  readonly name: string;
  readonly policies: AttachedPolicy[];
  readonly gaps: WorldGap[];
  boundary?: AttachedPolicy;
}

/** Assignments of Identity Center: people whose sign-in, and so whose second factor, is not in sight. */
export function readIdentityCenter(views: readonly ResourceView[], context: TerraformContext): Person[] {
  const ofType = (type: string) => views.filter(({ resource }) => resource.type === `aws_ssoadmin_${type}`);
  const sets = new Map<string, PermissionSet>();
  for (const view of ofType('permission_set')) {
    const set = { name: textAt(view, 'name') ?? view.resource.address, policies: [], gaps: [] };
    sets.set(view.resource.address, set);
    const arn = textAt(view, 'arn');
    if (arn !== undefined) sets.set(arn, set);
  }
  for (const view of ofType('managed_policy_attachment'))
    give(view, policyOfArn(view.value('managed_policy_arn'), context, view.at), sets, context);
  for (const view of ofType('permission_set_inline_policy')) {
    const policy = documentAt(view, 'inline_policy', view.resource.address);
    if (policy !== undefined)
      give(view, { attached: { name: view.resource.address, kind: 'inline', policy, at: view.at } }, sets, context);
  }
  for (const view of ofType('customer_managed_policy_attachment')) {
    const message = `the policy that ${view.resource.address} names is looked up in each account`;
    const name = view.resource.address;
    const gap = { reason: 'not-in-sight', message, at: view.at } as const;
    const policy = unseen(name, message, view.at);
    give(view, { attached: { name, kind: 'customer', policy, at: view.at }, gap }, sets, context);
  }
  for (const view of ofType('permissions_boundary_attachment')) {
    const set = setOf(view, sets, context);
    const message = `the boundary that ${view.resource.address} sets is not read`;
    if (set === undefined) continue;
    set.boundary = { name: message, kind: 'customer', policy: unseen(message, message, view.at), at: view.at };
    set.gaps.push({ reason: 'not-in-sight', message, at: view.at });
  }
  return ofType('account_assignment').flatMap((view) => {
    const set = setOf(view, sets, context);
    return set === undefined ? [] : [personOf(view, set, context)];
  });
}

function personOf(view: ResourceView, set: PermissionSet, { accounts, draft }: TerraformContext): Person {
  const target = textAt(view, 'target_id');
  if (target === undefined)
    draft.gaps.push(unresolved(`the account of ${view.resource.address}`, view.value('target_id'), view.at));
  const type = textAt(view, 'principal_type');
  return {
    principal: textAt(view, 'principal_id') ?? view.value('principal_id')?.origin.what ?? view.resource.address,
    type: type === 'USER' || type === 'GROUP' ? type : 'unknown',
    account: target === undefined ? view.account : accounts.known(target, view.at),
    permissionSet: set.name,
    policies: set.policies.map((attached) => ifCertain(view, attached)),
    ...(set.boundary === undefined ? {} : { boundary: set.boundary }),
    source: view.resource.address,
    at: view.at,
    gaps: set.gaps,
  };
}

function give(
  view: ResourceView,
  { attached, gap }: { readonly attached: AttachedPolicy; readonly gap?: WorldGap },
  sets: ReadonlyMap<string, PermissionSet>,
  context: TerraformContext,
): void {
  const set = setOf(view, sets, context);
  set?.policies.push(ifCertain(view, attached));
  if (gap !== undefined) set?.gaps.push(gap);
}

/** The permission set that a resource names: by its ARN, otherwise by where the reference leads. */
function setOf(
  view: ResourceView,
  sets: ReadonlyMap<string, PermissionSet>,
  { draft }: TerraformContext,
): PermissionSet | undefined {
  const value = writtenAt(view, 'permission_set_arn');
  const key = textOf(value) ?? (value === undefined ? undefined : resourceLeaf(leavesOf(value)));
  const found = key === undefined ? undefined : sets.get(key);
  if (found === undefined)
    draft.gaps.push(unresolved(`the permission set of ${view.resource.address}`, value, view.at));
  return found;
}
