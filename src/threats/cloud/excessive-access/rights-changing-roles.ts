import type { IamRole } from '../../../engines/iam/account/types.ts';
import type { Certainty } from '../../../engines/iam/paths/model.ts';
import { trustingRoles } from '../../../engines/ci-identities/trusting-roles.ts';
import type { Context } from '../../context.ts';
import { modelOf } from '../../iam-world.ts';
import { reviewedRuns, type ReviewedRuns } from './reviewed-runs.ts';

/** A role of CI that may change rights. */
export interface RightsChangingRole {
  readonly role: IamRole;
  readonly runs: ReviewedRuns;
  readonly change: { readonly action: string; readonly certainty: Certainty; readonly why?: string };
}

/** Requests that give somebody rights, one of each kind. */
const CHANGES = [
  'iam:AttachUserPolicy',
  'iam:AttachRolePolicy',
  'iam:AttachGroupPolicy',
  'iam:PutUserPolicy',
  'iam:PutRolePolicy',
  'iam:PutGroupPolicy',
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:AddUserToGroup',
  'iam:CreateUser',
  'iam:CreateRole',
  'organizations:DetachPolicy',
  'organizations:UpdatePolicy',
  'sso:CreateAccountAssignment',
  'sso:PutInlinePolicyToPermissionSet',
] as const;

/** Roles that runs of CI assume and that may change rights, certainly or possibly. */
export function rolesThatChangeRights(context: Context): RightsChangingRole[] {
  const model = modelOf(context);
  const arns = new Set(
    trustingRoles(model.world).flatMap(({ role, issuer }) => (/^oidc\.eks\./.test(issuer) ? [] : [role.arn])),
  );
  return [...arns].flatMap((arn) => {
    const role = model.allRoles.find((one) => one.arn === arn);
    const identity = model.identities.get(arn);
    if (role === undefined || identity === undefined) return [];
    const node = { identity, credential: 'session' as const };
    let change: RightsChangingRole['change'] | undefined;
    for (const action of CHANGES) {
      const permit = model.asker.ask({ ...node, action, resource: '*' });
      if (permit === undefined) continue;
      const [unknown] = permit.unknowns;
      change ??= { action, certainty: permit.certainty, ...(unknown === undefined ? {} : { why: unknown.why }) };
      if (permit.certainty === 'certain') {
        change = { action, certainty: 'certain' };
        break;
      }
    }
    return change === undefined ? [] : [{ role, change, runs: reviewedRuns({ node }, context) }];
  });
}
