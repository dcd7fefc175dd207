import { textAt, textsOf, unresolved, writtenAt } from '../view.ts';
import { attachTo, documentAt, ifCertain, policyOfArn, type ResourceReader } from './context.ts';

/** `aws_iam_policy`. */
export const readPolicy: ResourceReader = (view, { draft }) => {
  const arn = textAt(view, 'arn');
  const name = textAt(view, 'name');
  const policy = documentAt(view, 'policy', arn ?? view.resource.address);
  if (policy === undefined) return;
  if (arn === undefined || name === undefined) {
    draft.gaps.push(unresolved(`the ARN of ${view.resource.address}`, view.value('arn'), view.at));
    return;
  }
  draft.policies.set(arn, { arn, name, account: view.account, source: view.resource.address, policy, at: view.at });
};

/** `aws_iam_user_policy`, `aws_iam_group_policy`, `aws_iam_role_policy`. */
export function inlineReader(kind: 'user' | 'group' | 'role'): ResourceReader {
  return (view, context) => {
    const name = textAt(view, 'name') ?? view.resource.address;
    const policy = documentAt(view, 'policy', name);
    if (policy === undefined) return;
    attachTo(kind, kind, { attached: { name, kind: 'inline', policy, at: view.at } }, view, context);
  };
}

/** `aws_iam_user_policy_attachment` and its siblings. */
export function attachmentReader(kind: 'user' | 'group' | 'role'): ResourceReader {
  return (view, context) =>
    attachTo(kind, kind, policyOfArn(view.value('policy_arn'), context, view.at), view, context);
}

/** `aws_iam_policy_attachment`: one policy, exclusively, to many. */
export const readExclusiveAttachment: ResourceReader = (view, context) => {
  const found = policyOfArn(view.value('policy_arn'), context, view.at);
  for (const kind of ['user', 'group', 'role'] as const) {
    const { texts, unknown } = textsOf(writtenAt(view, `${kind}s`));
    if (unknown !== undefined) {
      const what = `a ${kind} to which ${view.resource.address} attaches ${found.attached.name}`;
      context.draft.gaps.push(unresolved(what, view.value(`${kind}s`), unknown.at));
    }
    for (const { text, at } of texts) {
      const sighting = { source: view.resource.address, at, declares: false };
      const holder = context.draft.holder(kind, view.account, text, sighting);
      holder.policies.push(ifCertain(view, { ...found.attached, at }));
      if (found.gap !== undefined) holder.gaps.push(found.gap);
    }
  }
};

/** `aws_iam_role_policy_attachments_exclusive` and its siblings: what the list names is attached. */
export function exclusiveListReader(kind: 'user' | 'group' | 'role'): ResourceReader {
  return (view, context) => {
    const value = writtenAt(view, 'policy_arns');
    for (const item of value?.kind === 'list' ? value.items : value === undefined ? [] : [value]) {
      const found = policyOfArn(item, context, item.origin.at);
      const { draft } = context;
      const name = textAt(view, `${kind}_name`);
      const holder =
        name === undefined
          ? undefined
          : draft.holder(kind, view.account, name, { source: view.resource.address, at: view.at, declares: false });
      const isThere = holder?.policies.some((one) => one.arn !== undefined && one.arn === found.attached.arn) === true;
      if (!isThere) attachTo(kind, `${kind}_name`, found, view, context);
    }
  };
}
