import { readFileSync, statSync } from 'node:fs';
import { managedPolicies } from '../../../engines/iam/services/managed-policies.ts';
import { serviceData } from '../../../engines/iam/services/service-data.ts';
import { comparePolicies, type Difference } from '../../../engines/iam/symbolic/compare-policies.ts';
import { readPolicy } from '../../../facts/iam-policy/read-policy.ts';
import type { IamPolicy, IamStatement } from '../../../facts/iam-policy/types.ts';
import { inert } from '../../../lib/inert.ts';
import { readIamData } from '../../../sources/assets.ts';
import { CommandFailure } from '../exit.ts';
import { put } from '../output.ts';

export interface CompareCommandOptions {
  readonly format: 'text' | 'json';
  readonly anyAction?: boolean;
}

const MOST_BYTES = 32 * 1024 * 1024;

/** Compares two policies. Ends with 0 where they allow the same, 1 where they differ, 4 where that could not be decided. */
export async function compareCommand(a: string, b: string, options: CompareCommandOptions): Promise<number> {
  const data = readIamData();
  const { managedPolicy } = managedPolicies(data.managedPolicies);
  const read = (file: string): IamPolicy => policyOf(file, managedPolicy);
  const [first, second] = [read(a), read(b)];
  const { actions, arnTemplates } = serviceData(data.services);
  const { onlyFirst, onlySecond } = comparePolicies(
    first,
    second,
    options.anyAction === true ? {} : { realism: { actions, arnTemplates } },
  );
  if (options.format === 'json')
    put(
      JSON.stringify(
        { schema: 'fourproof/iam-compare/v1', onlyFirst: jsonOf(onlyFirst), onlySecond: jsonOf(onlySecond) },
        null,
        2,
      ),
      undefined,
    );
  else
    put([...linesOf(a, b, onlyFirst), ...linesOf(b, a, onlySecond)].map((line) => inert(line)).join('\n'), undefined);
  const kinds = [onlyFirst.kind, onlySecond.kind];
  if (kinds.includes('found')) return 1;
  return kinds.includes('undecided') ? 4 : 0;
}

function policyOf(file: string, managedPolicy: (arn: string) => IamPolicy | undefined): IamPolicy {
  if (file.startsWith('arn:')) {
    const policy = managedPolicy(file);
    if (policy === undefined) throw new CommandFailure(`fourproof: AWS manages no policy ${file}`);
    return policy;
  }
  const { policy, problems } = readPolicy(file, textOf(file), file);
  if (problems.length === 0) return policy;
  const lines = problems.map(({ message, at }) =>
    at === undefined ? `${file}: ${message}` : `${file}:${at.startLine}:${at.startColumn}: ${message}`,
  );
  throw new CommandFailure(lines.join('\n'));
}

function textOf(file: string): string {
  try {
    if (statSync(file).size <= MOST_BYTES) return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailure(
      `fourproof: cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new CommandFailure(`fourproof: ${file} is above 32 MiB`);
}

function jsonOf(difference: Difference): unknown {
  switch (difference.kind) {
    case 'none':
      return { kind: 'none' };
    case 'undecided':
      return { kind: 'undecided', why: difference.why };
    case 'found': {
      const { principal, action, resource, context } = difference.request;
      return {
        kind: 'found',
        request: { principal: principal.arn, action, resource, context: Object.fromEntries(context) },
        allowedBy: difference.allowedBy.map(statementJson),
        deniedBy: difference.deniedBy.map(statementJson),
      };
    }
  }
}

function statementJson({ index, sid, at }: IamStatement): unknown {
  return { statement: index, ...(sid === undefined ? {} : { sid }), ...(at === undefined ? {} : { at }) };
}

function linesOf(a: string, b: string, difference: Difference): readonly string[] {
  switch (difference.kind) {
    case 'none':
      return [`everything that ${a} allows is allowed by ${b}`];
    case 'undecided':
      return [`whether ${a} allows more than ${b} could not be decided: ${difference.why}`];
    case 'found': {
      const { principal, action, resource, context } = difference.request;
      return [
        `${a} allows what ${b} does not:`,
        `  ${action} on ${resource} by ${principal.arn}`,
        ...[...context].map(
          ([key, value]) => `  with ${key} = ${typeof value === 'string' ? value : value.join(', ')}`,
        ),
        ...difference.allowedBy.map((statement) => `  allowed by ${nameOf(statement)}`),
        ...(difference.deniedBy.length === 0
          ? [`  no statement of ${b} allows it`]
          : difference.deniedBy.map((statement) => `  denied by ${nameOf(statement)}`)),
      ];
    }
  }
}

function nameOf({ index, sid, at }: IamStatement): string {
  const place = at === undefined ? '' : `  ${at.path}:${at.startLine}:${at.startColumn}`;
  return `statement ${index}${sid === undefined ? '' : ` ${sid}`}${place}`;
}
