import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy } from '../../../facts/iam-policy/types.ts';
import type { DataSource } from './service-data.ts';

/** The policies that AWS manages, of rules/iam/managed-policies.txt.br. */
export interface ManagedPolicies {
  /** Where they come from, and of which day. */
  readonly about: DataSource;
  readonly arns: readonly string[];
  /** The latest version of a policy by its ARN; its statements have no place. The same object each time. */
  readonly managedPolicy: (arn: string) => IamPolicy | undefined;
}

/** Reads the text of rules/iam/managed-policies.txt.br, which our own generator wrote; a document when it is asked for. */
export function managedPolicies(text: string): ManagedPolicies {
  const [about = '{}', ...lines] = text.split('\n');
  const documents = new Map<string, string>();
  for (const line of lines) {
    const [arn, , document] = line.split('\t');
    if (arn !== undefined && document !== undefined) documents.set(arn, document);
  }
  const read = new Map<string, IamPolicy>();
  return {
    about: JSON.parse(about) as DataSource,
    arns: [...documents.keys()],
    managedPolicy: (arn) => {
      // Other partitions have the same policies under their own name.
      const name = arn.replace(/^arn:aws-[\w-]+:/, 'arn:aws:');
      const known = read.get(name);
      const document = documents.get(name);
      if (known !== undefined || document === undefined) return known;
      const policy = withoutPlaces(readPolicy('', document, name).policy);
      read.set(name, policy);
      return policy;
    },
  };
}

/** They stand in no file of the user's. */
function withoutPlaces({ at: _, ...policy }: IamPolicy): IamPolicy {
  return {
    ...policy,
    statements: policy.statements.map(({ at: _at, ...statement }) => ({
      ...statement,
      conditions: statement.conditions.map(({ at: _where, ...condition }) => condition),
    })),
  };
}
