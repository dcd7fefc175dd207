/**
 * What a person may do without a second factor because it is how credentials are managed: AWS IAM User Guide, "AWS: Allows
 * MFA-authenticated IAM users to manage their own credentials on the My security credentials page" (2026-11).
 */

/** Requests about the account as a whole, which name no resource. */
export const ABOUT_THE_ACCOUNT = [
  'iam:GetAccountPasswordPolicy',
  'iam:GetAccountSummary',
  'iam:ListAccountAliases',
  'iam:ListUsers',
  'iam:ListVirtualMFADevices',
  'sts:GetCallerIdentity',
  'sts:GetSessionToken',
] as const;

/** Requests about one's own user and one's own device. */
export const ABOUT_ONESELF = [
  'iam:ChangePassword',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:CreateServiceSpecificCredential',
  'iam:CreateVirtualMFADevice',
  'iam:DeactivateMFADevice',
  'iam:DeleteAccessKey',
  'iam:DeleteLoginProfile',
  'iam:DeleteSSHPublicKey',
  'iam:DeleteServiceSpecificCredential',
  'iam:DeleteSigningCertificate',
  'iam:DeleteVirtualMFADevice',
  'iam:EnableMFADevice',
  'iam:GetAccessKeyLastUsed',
  'iam:GetLoginProfile',
  'iam:GetMFADevice',
  'iam:GetSSHPublicKey',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListSSHPublicKeys',
  'iam:ListServiceSpecificCredentials',
  'iam:ListSigningCertificates',
  'iam:ResetServiceSpecificCredential',
  'iam:ResyncMFADevice',
  'iam:UpdateAccessKey',
  'iam:UpdateLoginProfile',
  'iam:UpdateSSHPublicKey',
  'iam:UpdateServiceSpecificCredential',
  'iam:UpdateSigningCertificate',
  'iam:UploadSSHPublicKey',
  'iam:UploadSigningCertificate',
] as const;
