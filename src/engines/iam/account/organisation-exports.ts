import type { IamExportFact, OrganizationsExport } from '../../../facts/iam-export/types.ts';
import { exactly, unseen } from './bounded.ts';
import type { ControlPolicy, Organisation, OrganisationNode } from './organisation-types.ts';
import type { WorldGap } from './types.ts';

/** The organisation that the output of `aws organizations` describes; undefined where no root or organisation is in it. */
export function organisationFromExports(all: readonly IamExportFact[]): Organisation | undefined {
  const facts = all.filter((fact) => fact.kind === 'organizations');
  const described = facts.find(({ organization }) => organization !== undefined);
  const root = facts.flatMap(({ roots }) => roots)[0];
  const first = described ?? facts.find(({ roots }) => roots.length > 0);
  if (first === undefined) return undefined;
  const rootId = root?.id ?? facts.find(({ about }) => about?.startsWith('r-') === true)?.about ?? 'r-root';
  const parents = parentsOf(facts);
  const gaps: WorldGap[] = [];
  const nodes = new Map<string, OrganisationNode>();
  const add = (id: string, name: string, at: OrganisationNode['at'], source: string) => {
    const kind = id === rootId ? 'root' : id.startsWith('ou-') ? 'unit' : 'account';
    const parent = parents.get(id);
    if (parent === undefined && kind !== 'root')
      gaps.push({
        reason: 'not-in-sight',
        message: `the parent of ${name} (${id}) is not in sight`,
        at,
        closes: `aws organizations list-parents --child-id ${id} > list-parents.${id}.json`,
      });
    const policies = {
      serviceControl: controlsOf(id, 'SERVICE_CONTROL_POLICY', facts, gaps),
      resourceControl: controlsOf(id, 'RESOURCE_CONTROL_POLICY', facts, gaps),
    };
    const seen = facts.some(({ about, policies: list }) => about === id && list.length > 0);
    if (!seen)
      gaps.push({
        reason: 'not-in-sight',
        message: `the policies of ${name} (${id}) are not in sight`,
        at,
        closes: `aws organizations list-policies-for-target --target-id ${id} --filter SERVICE_CONTROL_POLICY > list-policies-for-target.${id}.json`,
      });
    nodes.set(id, { id, kind, name, source, at, ...(parent === undefined ? {} : { parent }), ...policies });
  };
  add(rootId, 'Root', root?.at ?? first.at, first.path);
  for (const { nodes: list, path } of facts)
    for (const { id, name, at } of list) if (!nodes.has(id)) add(id, name, at, path);
  for (const [child, parent] of parents) {
    for (const id of [child, parent]) if (!nodes.has(id)) add(id, id, first.at, first.path);
  }
  const top = nodes.get(rootId);
  if (top === undefined) return undefined;
  const enabled = (type: string) => (root === undefined ? ('unknown' as const) : root.enabled.includes(type));
  return {
    source: first.path,
    at: first.at,
    ...(described?.organization === undefined ? {} : { management: described.organization.management }),
    root: top,
    nodes,
    enabled: { serviceControl: enabled('SERVICE_CONTROL_POLICY'), resourceControl: enabled('RESOURCE_CONTROL_POLICY') },
    delegated: [],
    gaps,
  };
}

/** Parents by child, from the lists of either. */
function parentsOf(facts: readonly OrganizationsExport[]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const { about, children, nodes, parents: list } of facts) {
    if (about === undefined) continue;
    for (const child of children) parents.set(child, about);
    // `list-accounts-for-parent` and `list-organizational-units-for-parent` were asked about the parent.
    for (const { id } of nodes) if (id !== about) parents.set(id, about);
    const [parent] = list;
    if (parent !== undefined) parents.set(about, parent);
  }
  return parents;
}

function controlsOf(
  target: string,
  type: string,
  facts: readonly OrganizationsExport[],
  gaps: WorldGap[],
): ControlPolicy[] {
  const attached = facts
    .flatMap(({ about, policies }) => (about === target ? policies : []))
    .filter((one) => one.type === type);
  return attached.map(({ id, name, at }) => {
    const full = facts.flatMap(({ policies }) => policies).find((one) => one.id === id && one.content !== undefined);
    const document = full?.content?.document;
    const head = { name, source: id, attachedAt: at };
    if (document !== undefined && full?.content !== undefined)
      return { ...head, policy: exactly(document.policy), size: full.content.size, at: full.at };
    if (id === 'p-FullAWSAccess' || id === 'p-RCPFullAWSAccess') return { ...head, policy: exactly(FULL), at };
    const message = `the content of ${name} (${id}) is not in sight`;
    gaps.push({
      reason: 'not-in-sight',
      message,
      at,
      closes: `aws organizations describe-policy --policy-id ${id} > describe-policy.${id}.json`,
    });
    return { ...head, policy: unseen(name, message, at), at };
  });
}

const FULL = {
  version: '2012-10-17',
  name: 'FullAWSAccess',
  statements: [
    {
      index: 0,
      effect: 'Allow',
      principals: { negated: false, principals: [{ type: 'AWS', value: '*' }] },
      actions: { negated: false, patterns: ['*'] },
      resources: { negated: false, patterns: ['*'] },
      conditions: [],
    },
  ],
} as const;
