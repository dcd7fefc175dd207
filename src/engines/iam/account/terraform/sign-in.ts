import type { UserDraft } from '../draft.ts';
import { textAt, textsOf, unresolved, writtenAt, type ResourceView } from '../view.ts';
import type { ResourceReader, TerraformContext } from './context.ts';

/** `aws_iam_access_key`. */
export const readAccessKey: ResourceReader = (view, context) => {
  const user = userOf(view, context);
  if (user === undefined) return;
  const status = textAt(view, 'status');
  const created = textAt(view, 'create_date');
  user.accessKeys.push({
    source: view.resource.address,
    status: view.uncertain !== undefined ? 'unknown' : status === 'Inactive' ? 'Inactive' : keyStatus(view, status),
    at: view.at,
    encrypted: writtenAt(view, 'pgp_key') !== undefined,
    ...(created === undefined ? {} : { created }),
  });
};

/** A key is active where nothing else is said. */
function keyStatus(view: ResourceView, status: string | undefined): 'Active' | 'unknown' {
  return status === 'Active' || writtenAt(view, 'status') === undefined ? 'Active' : 'unknown';
}

/** `aws_iam_user_login_profile`. */
export const readLoginProfile: ResourceReader = (view, context) => {
  const user = userOf(view, context);
  if (user === undefined) return;
  const encrypted = writtenAt(view, 'pgp_key') !== undefined;
  user.loginProfile = { source: view.resource.address, at: view.at, encrypted };
};

/** `aws_iam_user_group_membership`: groups of a user. */
export const readUserGroups: ResourceReader = (view, context) => {
  const user = userOf(view, context);
  if (user === undefined) return;
  const { texts, unknown } = textsOf(view.value('groups'));
  for (const { text, at } of texts) join(user, text, at, view, context);
  if (unknown !== undefined) user.gaps.push(unresolved(`a group of ${user.arn}`, view.value('groups'), unknown.at));
};

/** `aws_iam_group_membership`: users of a group. */
export const readGroupMembers: ResourceReader = (view, context) => {
  const group = textAt(view, 'group');
  const { texts, unknown } = textsOf(view.value('users'));
  if (group === undefined || unknown !== undefined) {
    const what = group === undefined ? `the group of ${view.resource.address}` : `a member of the group ${group}`;
    context.draft.gaps.push(unresolved(what, view.value(group === undefined ? 'group' : 'users'), view.at));
  }
  if (group === undefined) return;
  for (const { text, at } of texts) {
    const user = context.draft.user(view.account, text, { source: view.resource.address, at, declares: false });
    join(user, group, at, view, context);
  }
};

function join(
  user: UserDraft,
  name: string,
  at: UserDraft['at'],
  view: ResourceView,
  { draft }: TerraformContext,
): void {
  const group = draft.group(view.account, name, { source: view.resource.address, at, declares: false });
  if (user.groups.some((one) => one.group === group.arn && one.certain)) return;
  user.groups.push({ group: group.arn, certain: view.uncertain === undefined, at });
}

function userOf(view: ResourceView, { draft }: TerraformContext): UserDraft | undefined {
  const name = textAt(view, 'user');
  if (name !== undefined)
    return draft.user(view.account, name, { source: view.resource.address, at: view.at, declares: false });
  draft.gaps.push(unresolved(`the user of ${view.resource.address}`, view.value('user'), view.at));
  return undefined;
}

/** `aws_iam_account_password_policy`. */
export const readPasswordPolicy: ResourceReader = (view, { accounts }) => {
  accounts.passwordPolicy(view.account, view.at);
};
