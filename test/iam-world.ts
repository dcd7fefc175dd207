import type { IamPolicy } from '../src/facts/iam-policy/types.ts';
import { evaluateTerraform } from '../src/engines/terraform/evaluate.ts';
import { worldFromTerraform } from '../src/engines/iam/account/from-terraform.ts';
import type { IamWorld } from '../src/engines/iam/account/types.ts';

/** Documents of a few policies that AWS manages; for tests. */
export function managedPolicy(arn: string): IamPolicy | undefined {
  const actions = new Map([
    ['AdministratorAccess', '*'],
    ['AmazonS3ReadOnlyAccess', 's3:Get*'],
  ]).get(arn.slice(arn.lastIndexOf('/') + 1));
  if (actions === undefined) return undefined;
  return {
    version: '2012-10-17',
    name: arn,
    statements: [
      {
        index: 0,
        effect: 'Allow',
        actions: { negated: false, patterns: [actions] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ],
  };
}

/** The world of Terraform texts by folder, each a root module; for tests. */
export function worldOf(texts: Readonly<Record<string, string>>): IamWorld {
  const roots = Object.entries(texts).map(([folder, text]) =>
    evaluateTerraform(folder, new Map([[folder === '' ? 'main.tf' : `${folder}/main.tf`, text]])),
  );
  return worldFromTerraform(roots, { managedPolicy });
}
