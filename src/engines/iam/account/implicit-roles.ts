import { allowing } from './bounded.ts';
import { policyOfArn, type TerraformContext } from './terraform/context.ts';
import { textAt, writtenAt, type ResourceView } from './view.ts';

const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * The role that AWS makes in every account that an organisation creates: administrators of the management account become
 * administrators of it. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
export function implicitRoles(views: readonly ResourceView[], context: TerraformContext): void {
  const management = context.draft.organisation?.management;
  if (management === undefined) return;
  for (const view of views) {
    if (view.resource.type !== 'aws_organizations_account') continue;
    const account = textAt(view, 'id');
    const name =
      writtenAt(view, 'role_name') === undefined ? 'OrganizationAccountAccessRole' : textAt(view, 'role_name');
    if (account === undefined || name === undefined) continue;
    const role = context.draft.role(account, name, { source: view.resource.address, at: view.at, declares: false });
    if (role.declared) continue;
    role.implicit = true;
    role.trust = allowing(
      { name: `trust of ${role.arn}`, at: view.at },
      {
        principals: { negated: false, principals: [{ type: 'AWS', value: `arn:aws:iam::${management}:root` }] },
        actions: { negated: false, patterns: ['sts:AssumeRole'] },
        conditions: [],
        at: view.at,
      },
    );
    role.policies.push(
      policyOfArn({ kind: 'string', value: ADMINISTRATOR, origin: { at: view.at, what: 'AWS' } }, context, view.at)
        .attached,
    );
  }
}
