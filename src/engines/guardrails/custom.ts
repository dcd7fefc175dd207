import { readPolicy } from '../../facts/iam-policy/read-policy.ts';
import { findRequest } from '../iam/symbolic/find-request.ts';
import type { Realism } from '../iam/symbolic/types.ts';
import { EVERYTHING } from './administrators.ts';
import { PLAIN } from './forms.ts';
import type { Form, Invariant } from './types.ts';

/** An invariant that a team writes: what a statement of a policy would deny. */
export interface WrittenInvariant {
  readonly id: string;
  readonly deny: {
    readonly actions: readonly string[];
    /** ARNs, with `${Account}`; any where it is absent. */
    readonly resources?: readonly string[] | undefined;
    /** As the `Condition` of a statement. */
    readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> | undefined;
  };
  /** Globs over ARNs of principals. */
  readonly except?: readonly string[] | undefined;
}

const ANYBODY = {
  kind: 'role-session',
  arn: 'arn:aws:sts::000000000000:assumed-role/administrator/drill',
  account: '000000000000',
  role: 'arn:aws:iam::000000000000:role/administrator',
} as const;

/** Reads what a team wrote; what is wrong with it where it is no statement. */
export function customInvariant(
  { id, deny, except }: WrittenInvariant,
  realism: Realism,
): Invariant | { readonly problem: string } {
  const { actions, resources, condition } = deny;
  const statement = {
    Effect: 'Deny',
    Action: actions,
    Resource: resources ?? ['*'],
    ...(condition === undefined ? {} : { Condition: condition }),
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  const { policy, problems } = readPolicy('fourproof.yaml', text, id);
  const [problem] = problems;
  const conditions = policy.statements[0]?.conditions;
  if (problem !== undefined || conditions === undefined) return { problem: problem?.message ?? 'it denies nothing' };
  const space = {
    actions: [{ negated: false, patterns: actions }],
    ...(resources === undefined
      ? {}
      : {
          resources: [
            { negated: false, patterns: resources.map((one) => one.replaceAll('${Account}', ANYBODY.account)) },
          ],
        }),
    conditions: conditions.map(({ at: _, ...rest }) => rest),
  };
  // A plain call is one that would pass where nothing is forbidden.
  const plain = findRequest({ policies: { identity: [EVERYTHING] }, principal: ANYBODY, space, realism });
  if (plain.kind !== 'found') return { problem: 'no request is what it denies' };
  const { action, resource, context } = plain.request;
  const single = new Map(
    [...context].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
  );
  const examples =
    single.size < context.size
      ? []
      : [{ action, resources: [resource.replaceAll(ANYBODY.account, '${Account}')], context: single }];
  const form: Form = {
    id: actions.join(', '),
    actions: { negated: false, patterns: actions },
    parts: [
      { keyed: true, ...(resources === undefined ? {} : { resources: { negated: false, patterns: resources } }) },
    ],
    variants: [PLAIN],
    conditions: space.conditions,
    examples,
    ...(actions.some((action) => /[*?]/.test(action)) ? { manyActions: true as const } : {}),
  };
  return { id, what: `do what ${id} forbids`, severity: 'medium', forms: [form], except: except ?? [] };
}
