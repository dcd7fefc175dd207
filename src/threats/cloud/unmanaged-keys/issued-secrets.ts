import { attributeOfResource, type ResourceInstance, type TfValue } from '../../../engines/terraform/index.ts';
import { unknownsIn } from '../../../engines/terraform/make.ts';
import type { SourceLocation } from '../../../model/index.ts';
import type { Context } from '../../context.ts';

/** A long-lived secret of a person or machine that Terraform makes, and to whom it is encrypted. */
export interface IssuedSecret {
  readonly kind: 'access key' | 'console password' | 'service password';
  readonly resource: ResourceInstance;
  /** Name of the user; undefined where it is not known. */
  readonly user: string | undefined;
  /** `pgp_key`; undefined where none is given, or where the resource has no such attribute. */
  readonly pgpKey: TfValue | undefined;
  /** Whether it can be used; undefined where that is not known. */
  readonly active: boolean | undefined;
  /** Outputs that print it. */
  readonly printedBy: readonly { readonly name: string; readonly at: SourceLocation }[];
}

/** Resources that issue a secret, and the attribute that holds it in the state when it is not encrypted. */
const KINDS = new Map([
  ['aws_iam_access_key', { kind: 'access key', attribute: 'secret' }],
  ['aws_iam_user_login_profile', { kind: 'console password', attribute: 'password' }],
  ['aws_iam_service_specific_credential', { kind: 'service password', attribute: 'service_password' }],
] as const);

/** Every secret that the Terraform of the product issues to an IAM user. */
export function issuedSecrets({ terraform }: Pick<Context, 'terraform'>): IssuedSecret[] {
  return terraform.roots.flatMap(({ resources, outputs }) =>
    resources.flatMap((resource): IssuedSecret[] => {
      const known = resource.mode === 'managed' ? KINDS.get(resource.type as 'aws_iam_access_key') : undefined;
      if (known === undefined) return [];
      const user = attributeOfResource(resource, 'user');
      const user2 = user.kind === 'string' ? user : attributeOfResource(resource, 'user_name');
      const pgpKey = resource.values.entries.get('pgp_key');
      return [
        {
          kind: known.kind,
          resource,
          user: user2.kind === 'string' ? user2.value : undefined,
          pgpKey: pgpKey?.kind === 'null' ? undefined : pgpKey,
          active: isActive(resource.values.entries.get('status')),
          printedBy: [...outputs].flatMap(([name, value]) =>
            prints(value, `${resource.address}.${known.attribute}`) ? [{ name, at: value.origin.at }] : [],
          ),
        },
      ];
    }),
  );
}

function isActive(status: TfValue | undefined): boolean | undefined {
  if (status === undefined || status.kind === 'null') return true;
  return status.kind === 'string' ? status.value !== 'Inactive' : undefined;
}

function prints(value: TfValue, attribute: string): boolean {
  return unknownsIn(value, 1000).some((part) => part.why.startsWith(`${attribute} `));
}
