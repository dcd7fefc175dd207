import type { SourceLocation } from '../../model/index.ts';
import type { PolicyReading } from '../iam-policy/types.ts';

/** What a live account or organisation exported with AWS's own command line. */
export type IamExportFact = AuthorizationDetails | OrganizationsExport | CredentialReport;

/** `aws iam get-account-authorization-details`: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
export interface AuthorizationDetails {
  readonly kind: 'authorization-details';
  readonly path: string;
  readonly at: SourceLocation;
  readonly users: readonly ExportedUser[];
  readonly groups: readonly ExportedHolder[];
  readonly roles: readonly ExportedRole[];
  readonly policies: readonly ExportedPolicy[];
  /** Whether more pages follow that are not in the file. */
  readonly truncated: boolean;
}

export interface ExportedHolder {
  readonly arn: string;
  readonly name: string;
  readonly at: SourceLocation;
  readonly inline: readonly { readonly name: string; readonly document: PolicyReading; readonly at: SourceLocation }[];
  readonly attached: readonly { readonly arn: string; readonly at: SourceLocation }[];
}

export interface ExportedUser extends ExportedHolder {
  readonly groups: readonly { readonly name: string; readonly at: SourceLocation }[];
  readonly boundary?: { readonly arn: string; readonly at: SourceLocation };
}

export interface ExportedRole extends ExportedHolder {
  readonly trust?: PolicyReading;
  readonly boundary?: { readonly arn: string; readonly at: SourceLocation };
  readonly instanceProfiles: readonly string[];
}

export interface ExportedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly at: SourceLocation;
  /** The default version; undefined where the file does not hold it. */
  readonly document?: PolicyReading;
}

/**
 * Output of one command of `aws organizations`. What a command was asked about does not stand in its output: for
 * `list-children`, `list-parents` and `list-policies-for-target` it is the id in the name of the file, as in
 * `list-children.ou-abcd-12345678.json`.
 */
export interface OrganizationsExport {
  readonly kind: 'organizations';
  readonly path: string;
  readonly at: SourceLocation;
  /** Root, unit or account that the file's name gives. */
  readonly about?: string;
  /** `describe-organization` */
  readonly organization?: { readonly id: string; readonly management: string; readonly allFeatures: boolean };
  /** `list-roots` */
  readonly roots: readonly { readonly id: string; readonly enabled: readonly string[]; readonly at: SourceLocation }[];
  /** `list-accounts`, `list-organizational-units-for-parent` */
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly at: SourceLocation }[];
  /** `list-children`: children of `about`. */
  readonly children: readonly string[];
  /** `list-parents`: parents of `about`. */
  readonly parents: readonly string[];
  /** `list-policies-for-target`: what is attached to `about`; of `describe-policy` the content, too. */
  readonly policies: readonly ExportedControlPolicy[];
}

export interface ExportedControlPolicy {
  readonly id: string;
  readonly name: string;
  /** `SERVICE_CONTROL_POLICY`, `RESOURCE_CONTROL_POLICY` */
  readonly type: string;
  /** Content with its length in characters, from `describe-policy`. */
  readonly content?: { readonly document: PolicyReading; readonly size: number };
  readonly at: SourceLocation;
}

/** `aws iam get-credential-report`, as CSV or in its JSON: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html */
export interface CredentialReport {
  readonly kind: 'credential-report';
  readonly path: string;
  readonly at: SourceLocation;
  readonly rows: readonly CredentialRow[];
}

/** One user, or the root user. */
export interface CredentialRow {
  /** `<root_account>` for the root user. */
  readonly user: string;
  readonly arn: string;
  readonly at: SourceLocation;
  /** Undefined where the report does not support the question, as for the root user's password. */
  readonly passwordEnabled?: boolean;
  readonly mfaActive: boolean;
  /** The two keys, in their order. */
  readonly keys: readonly { readonly active: boolean; readonly rotated?: string; readonly lastUsed?: string }[];
}
