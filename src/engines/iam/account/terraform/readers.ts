import type { ResourceReader } from './context.ts';
import { readOidcProvider, readSamlProvider } from './federation.ts';
import { readGroup, readRole, readServiceLinkedRole, readUser } from './holders.ts';
import {
  attachmentReader,
  exclusiveListReader,
  inlineReader,
  readExclusiveAttachment,
  readPolicy,
} from './policies.ts';
import { RESOURCE_POLICY_TYPES, readLambdaPermission, readResourcePolicy } from './resource-policies.ts';
import { readAccessKey, readGroupMembers, readLoginProfile, readPasswordPolicy, readUserGroups } from './sign-in.ts';
import { WORKLOAD_TYPES, readInstanceProfile, readMachine, readPodIdentity, readWorkload } from './workloads.ts';

/** Who reads which type of resource. A later stage needs what the earlier ones made. */
export const STAGES: readonly ReadonlyMap<string, ResourceReader>[] = [
  new Map<string, ResourceReader>([['aws_iam_policy', readPolicy]]),
  new Map<string, ResourceReader>([
    ['aws_iam_user', readUser],
    ['aws_iam_group', readGroup],
    ['aws_iam_role', readRole],
    ['aws_iam_service_linked_role', readServiceLinkedRole],
  ]),
  new Map<string, ResourceReader>([
    ['aws_iam_user_policy', inlineReader('user')],
    ['aws_iam_group_policy', inlineReader('group')],
    ['aws_iam_role_policy', inlineReader('role')],
    ['aws_iam_user_policy_attachment', attachmentReader('user')],
    ['aws_iam_group_policy_attachment', attachmentReader('group')],
    ['aws_iam_role_policy_attachment', attachmentReader('role')],
    ['aws_iam_policy_attachment', readExclusiveAttachment],
    ['aws_iam_access_key', readAccessKey],
    ['aws_iam_user_login_profile', readLoginProfile],
    ['aws_iam_user_group_membership', readUserGroups],
    ['aws_iam_group_membership', readGroupMembers],
    ['aws_iam_account_password_policy', readPasswordPolicy],
    ['aws_iam_openid_connect_provider', readOidcProvider],
    ['aws_iam_saml_provider', readSamlProvider],
    ['aws_iam_instance_profile', readInstanceProfile],
    ['aws_eks_pod_identity_association', readPodIdentity],
    ['aws_lambda_permission', readLambdaPermission],
    ...RESOURCE_POLICY_TYPES.map((type) => [type, readResourcePolicy] as const),
    ...WORKLOAD_TYPES.map((type) => [type, readWorkload] as const),
  ]),
  new Map<string, ResourceReader>([
    ['aws_iam_user_policy_attachments_exclusive', exclusiveListReader('user')],
    ['aws_iam_group_policy_attachments_exclusive', exclusiveListReader('group')],
    ['aws_iam_role_policy_attachments_exclusive', exclusiveListReader('role')],
    ['aws_instance', readMachine],
    ['aws_launch_template', readMachine],
    ['aws_launch_configuration', readMachine],
    ['aws_spot_instance_request', readMachine],
  ]),
];
