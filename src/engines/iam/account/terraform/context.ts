import type { SourceLocation } from '../../../../model/index.ts';
import type { IamPolicy } from '../../../../facts/iam-policy/types.ts';
import type { BoundedPolicy } from '../../types.ts';
import type { TfValue } from '../../../terraform/index.ts';
import { fromTerraform } from '../../terraform-policy.ts';
import type { Accounts } from '../accounts.ts';
import { exactly, possibly, unseen } from '../bounded.ts';
import type { WorldDraft } from '../draft.ts';
import type { AttachedPolicy, WorldGap } from '../types.ts';
import { textAt, unresolved, writtenAt, type ResourceView } from '../view.ts';

/** What the readers of resources are given. */
export interface TerraformContext {
  readonly draft: WorldDraft;
  readonly accounts: Accounts;
  /** Documents of the policies that AWS manages, by ARN. */
  readonly managedPolicy: (arn: string) => IamPolicy | undefined;
  /** Text of an argument of the data source, of any of the given type, that a value comes from. */
  readonly lookedUp: (type: string, value: TfValue | undefined, argument: string) => string | undefined;
}

/** Reads the resources of its types. */
export type ResourceReader = (view: ResourceView, context: TerraformContext) => void;

/** The document in an attribute, read with bounds; undefined where there is none. */
export function documentAt(view: ResourceView, attribute: string, name: string): BoundedPolicy | undefined {
  const value = writtenAt(view, attribute);
  return value === undefined ? undefined : documentOf(value, name);
}

export function documentOf(value: TfValue, name: string): BoundedPolicy {
  return fromTerraform(value, name);
}

/** The policy of an ARN: AWS's own, the tree's, or one that is not in sight. */
export function policyOfArn(
  value: TfValue | undefined,
  { draft, managedPolicy }: TerraformContext,
  at: SourceLocation,
): { readonly attached: AttachedPolicy; readonly gap?: WorldGap } {
  if (value?.kind !== 'string') {
    const gap = unresolved('which policy is attached', value, at);
    const name = value?.kind === 'unknown' ? value.origin.what : 'unknown policy';
    return { attached: { name, kind: 'customer', policy: unseen(name, gap.message, at), at }, gap };
  }
  const arn = value.value;
  const isAws = /^arn:[\w-]+:iam::aws:policy\//.test(arn);
  const own = draft.policies.get(arn);
  if (own !== undefined) return { attached: { name: arn, kind: 'customer', arn, policy: own.policy, at } };
  const document = isAws ? managedPolicy(arn) : undefined;
  const kind = isAws ? 'aws' : 'customer';
  if (document !== undefined) return { attached: { name: arn, kind, arn, policy: exactly(document), at } };
  const message = isAws ? `AWS has no policy ${arn} that is known here` : `the document of ${arn} is not in sight`;
  const gap = {
    reason: 'not-in-sight',
    message,
    at,
    closes: 'aws iam get-account-authorization-details > iam.json, in the tree',
  } as const;
  return { attached: { name: arn, kind, arn, policy: unseen(arn, message, at), at }, gap };
}

/** The policy as it counts when its attachment may not exist. */
export function ifCertain(view: ResourceView, attached: AttachedPolicy): AttachedPolicy {
  return view.uncertain === undefined
    ? attached
    : { ...attached, policy: possibly(attached.policy, view.uncertain, view.at) };
}

/** Adds what is attached to somebody named by an attribute; a name that is not known is a gap of the world. */
export function attachTo(
  kind: 'user' | 'group' | 'role',
  nameAttribute: string,
  found: { readonly attached: AttachedPolicy; readonly gap?: WorldGap },
  view: ResourceView,
  { draft }: TerraformContext,
): void {
  const name = textAt(view, nameAttribute);
  const { address } = view.resource;
  if (name === undefined) {
    const what = `the ${kind} to which ${address} attaches ${found.attached.name}`;
    draft.gaps.push(unresolved(what, view.value(nameAttribute), view.at));
    return;
  }
  const holder = draft.holder(kind, view.account, name, { source: address, at: view.at, declares: false });
  holder.policies.push(ifCertain(view, found.attached));
  if (found.gap !== undefined) holder.gaps.push(found.gap);
  if (view.uncertain !== undefined) {
    holder.gaps.push({
      reason: 'unresolved-value',
      message: `whether ${address} exists is not known: ${view.uncertain}`,
      at: view.at,
    });
  }
}
