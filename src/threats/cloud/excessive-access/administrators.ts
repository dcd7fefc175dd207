import { administrator, type PathModel, type PathNode } from '../../../engines/iam/paths/model.ts';
import { assumeEdges } from '../../../engines/iam/paths/assume-edges.ts';
import { nodeKey } from '../../../engines/iam/paths/model.ts';
import type { Identity } from '../../../engines/iam/paths/identities.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import type { Declared } from '../../context.ts';

/** Who is an administrator by intent: outside the claim, unless somebody gets there who should not. */
export interface Administrators {
  /** Whether fourproof.yaml names them; otherwise they are the direct holders of everything. */
  readonly declared: boolean;
  readonly arns: ReadonlySet<string>;
}

/** The administrators that the team declares, or whoever a policy gives everything directly. */
export function administratorsOf(
  model: PathModel,
  { administrators }: Pick<Declared, 'administrators'>,
): Administrators {
  const holders = [...model.identities.values()].filter(
    (identity) => identity.kind !== 'outside' && administrator({ identity, credential: 'mfa' }, model) !== undefined,
  );
  if (administrators === undefined) return { declared: false, arns: new Set(holders.map(({ arn }) => arn)) };
  const named = [...model.identities.values()].filter(({ arn }) =>
    administrators.some((glob) => matchesReferenceGlob(glob, arn)),
  );
  return { declared: true, arns: new Set(named.map(({ arn }) => arn)) };
}

/**
 * Accounts that somebody administers as it is meant: as an administrator, or by assuming the role of one, and that again.
 * Whoever has them this way gains nothing by an escalation there.
 */
export function accountsByIntent(start: PathNode, model: PathModel, { arns }: Administrators): ReadonlySet<string> {
  const accounts = new Set<string>();
  const seen = new Set<string>();
  const open: PathNode[] = [start];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(nodeKey(node)) || seen.size > 2000) continue;
    seen.add(nodeKey(node));
    if (isNamed(node.identity, arns) && administrator(node, model) !== undefined) accounts.add(node.identity.account);
    open.push(...assumeEdges(node, model, model.allRoles).map((edge) => edge.to));
  }
  return accounts;
}

function isNamed({ arn, unlimited }: Identity, arns: ReadonlySet<string>): boolean {
  return !unlimited && arns.has(arn);
}
