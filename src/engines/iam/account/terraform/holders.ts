import { blocksOf, textAt, textOf, textsOf, unresolved, writtenAt, type ResourceView } from '../view.ts';
import { possibly, unseen } from '../bounded.ts';
import type { HolderDraft } from '../draft.ts';
import type { AttachedPolicy } from '../types.ts';
import {
  documentAt,
  documentOf,
  ifCertain,
  policyOfArn,
  type ResourceReader,
  type TerraformContext,
} from './context.ts';

/** `aws_iam_user`. */
export const readUser: ResourceReader = (view, context) => {
  const name = nameOf(view, context);
  if (name === undefined) return;
  const user = context.draft.user(view.account, name, sightingOf(view));
  uncertain(view, user);
  boundary(view, user, context);
};

/** `aws_iam_group`. */
export const readGroup: ResourceReader = (view, context) => {
  const name = nameOf(view, context);
  if (name !== undefined) uncertain(view, context.draft.group(view.account, name, sightingOf(view)));
};

/** `aws_iam_role`, with its trust, inline policies and managed policies. */
export const readRole: ResourceReader = (view, context) => {
  const name = nameOf(view, context);
  if (name === undefined) return;
  const role = context.draft.role(view.account, name, sightingOf(view));
  uncertain(view, role);
  boundary(view, role, context);
  const trust = documentAt(view, 'assume_role_policy', `trust of ${role.arn}`);
  if (trust !== undefined) {
    role.trust = view.uncertain === undefined ? trust : possibly(trust, view.uncertain, view.at);
    role.trustAt = view.resource.places.get('assume_role_policy') ?? view.at;
  }
  role.maxSession = Number(textAt(view, 'max_session_duration') ?? 3600);
  inlinePolicies(view, role);
  const managed = writtenAt(view, 'managed_policy_arns');
  for (const item of managed?.kind === 'list' ? managed.items : managed === undefined ? [] : [managed]) {
    const { attached, gap } = policyOfArn(item, context, item.origin.at);
    role.policies.push(ifCertain(view, attached));
    if (gap !== undefined) role.gaps.push(gap);
  }
};

/** `aws_iam_service_linked_role`. */
export const readServiceLinkedRole: ResourceReader = (view, { draft }) => {
  const service = textAt(view, 'aws_service_name');
  if (service === undefined) {
    draft.gaps.push(unresolved(`the service of ${view.resource.address}`, view.value('aws_service_name'), view.at));
    return;
  }
  const suffix = textAt(view, 'custom_suffix');
  const name = `AWSServiceRoleFor-${service}${suffix === undefined ? '' : `_${suffix}`}`;
  const role = draft.role(view.account, name, { ...sightingOf(view), path: `/aws-service-role/${service}/` });
  role.serviceLinked = true;
  const policy = {
    version: '2012-10-17',
    name: `trust of ${role.arn}`,
    statements: [
      {
        index: 0,
        effect: 'Allow',
        principals: { negated: false, principals: [{ type: 'Service', value: service }] },
        actions: { negated: false, patterns: ['sts:AssumeRole'] },
        conditions: [],
        at: view.at,
      },
    ],
    at: view.at,
  } as const;
  role.trust = { most: policy, least: policy, unknowns: [] };
};

function nameOf(view: ResourceView, { draft }: TerraformContext): string | undefined {
  const name = textAt(view, 'name');
  if (name === undefined)
    draft.gaps.push(unresolved(`the name of ${view.resource.address}`, view.value('name'), view.at));
  return name;
}

function sightingOf(view: ResourceView) {
  const arn = textAt(view, 'arn');
  return { source: view.resource.address, at: view.at, declares: true, ...(arn === undefined ? {} : { arn }) };
}

/** One resource stands for an unknown number: what is known of it holds for each, and there may be others. */
function uncertain(view: ResourceView, holder: HolderDraft): void {
  if (view.uncertain === undefined) return;
  const message = `how many ${view.resource.type} ${view.resource.address} makes is not known: ${view.uncertain}`;
  holder.gaps.push({ reason: 'unresolved-value', message, at: view.at });
}

function boundary(view: ResourceView, holder: HolderDraft, context: TerraformContext): void {
  const value = writtenAt(view, 'permissions_boundary');
  if (value === undefined || textOf(value) === '') return;
  const { attached, gap } = policyOfArn(value, context, value.origin.at);
  holder.boundary = attached;
  if (gap !== undefined) holder.gaps.push(gap);
}

/** Blocks `inline_policy { name policy }`; an empty one says that there shall be none. */
function inlinePolicies(view: ResourceView, role: HolderDraft): void {
  const value = writtenAt(view, 'inline_policy');
  if (value?.kind === 'unknown') {
    const gap = unresolved(`the inline policies of ${view.resource.address}`, value, view.at);
    const policy = unseen('inline_policy', gap.message, gap.at);
    role.policies.push({ name: 'inline_policy', kind: 'inline', policy, at: gap.at });
    role.gaps.push(gap);
  }
  for (const block of blocksOf(value)) {
    const document = block.entries.get('policy');
    if (document === undefined || document.kind === 'null') continue;
    const name = textsOf(block.entries.get('name')).texts[0]?.text ?? 'inline_policy';
    const attached: AttachedPolicy = { name, kind: 'inline', policy: documentOf(document, name), at: block.origin.at };
    role.policies.push(ifCertain(view, attached));
  }
}
