import type { SourceLocation } from '../../../../model/index.ts';
import type { ControlPolicy, Organisation, OrganisationNode } from '../organisation-types.ts';
import { exactly, possibly, unseen } from '../bounded.ts';
import type { BoundedPolicy } from '../../types.ts';
import type { WorldGap } from '../types.ts';
import { textAt, textOf, textsOf, unresolved, writtenAt, type ResourceView } from '../view.ts';
import { documentAt, type TerraformContext } from './context.ts';

type Kind = 'serviceControl' | 'resourceControl';
type NodeDraft = { -readonly [K in keyof OrganisationNode]: OrganisationNode[K] } & Record<Kind, ControlPolicy[]>;

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['SERVICE_CONTROL_POLICY', 'serviceControl'],
  ['RESOURCE_CONTROL_POLICY', 'resourceControl'],
]);

interface PolicyDraft {
  readonly kind: Kind;
  readonly name: string;
  readonly source: string;
  readonly policy: BoundedPolicy;
  readonly size?: number;
  readonly at: SourceLocation;
}

/**
 * The organisation that Terraform declares: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_auth.html.
 * AWS attaches FullAWSAccess to every node itself; that code would have detached it is not assumed.
 */
export function readOrganisation(views: readonly ResourceView[], context: TerraformContext): Organisation | undefined {
  const managed = views.filter(({ resource }) => resource.mode === 'managed');
  const ofType = (type: string) => managed.filter(({ resource }) => resource.type === `aws_organizations_${type}`);
  const [declared] = ofType('organization');
  const units = ofType('organizational_unit');
  const members = ofType('account');
  const attachments = ofType('policy_attachment');
  const first = declared ?? [...units, ...members, ...attachments, ...ofType('policy')][0];
  if (first === undefined) return undefined;
  const gaps: WorldGap[] = [];
  const nodes = new Map<string, NodeDraft>();
  const add = (node: Omit<NodeDraft, Kind>) => nodes.set(node.id, { ...node, ...defaults(node.at) });
  const rootId = rootOf(declared, [...units, ...members, ...attachments]);
  add({ id: rootId, kind: 'root', name: 'Root', source: first.resource.address, at: first.at });
  for (const [kind, list] of [
    ['unit', units],
    ['account', members],
  ] as const) {
    for (const view of list) {
      const id = textAt(view, 'id');
      const parent =
        textAt(view, 'parent_id') ?? (kind === 'account' && !isGiven(view, 'parent_id') ? rootId : undefined);
      const head = {
        kind,
        name: textAt(view, 'name') ?? view.resource.address,
        source: view.resource.address,
        at: view.at,
      };
      if (id === undefined) gaps.push(unresolved(`the id of ${view.resource.address}`, view.value('id'), view.at));
      if (parent === undefined)
        gaps.push(unresolved(`the parent of ${view.resource.address}`, view.value('parent_id'), view.at));
      if (view.uncertain !== undefined)
        gaps.push({
          reason: 'unresolved-value',
          message: `how many there are of ${view.resource.address} is not known: ${view.uncertain}`,
          at: view.at,
        });
      if (id !== undefined) add({ id, ...head, ...(parent === undefined ? {} : { parent }) });
    }
  }
  const others = new Set<string>();
  const policies = readPolicies(ofType('policy'), gaps, others);
  for (const view of attachments) attach(view, { policies, others }, nodes, gaps, context);
  const management = declared?.account;
  if (management !== undefined) context.accounts.management(management);
  const root = nodes.get(rootId);
  if (root === undefined) return undefined;
  return {
    source: first.resource.address,
    at: first.at,
    ...(management === undefined ? {} : { management }),
    root,
    nodes,
    enabled: {
      serviceControl: isEnabled(declared, 'SERVICE_CONTROL_POLICY'),
      resourceControl: isEnabled(declared, 'RESOURCE_CONTROL_POLICY'),
    },
    delegated: ofType('delegated_administrator').flatMap((view) => {
      const [account, service] = [textAt(view, 'account_id'), textAt(view, 'service_principal')];
      return account === undefined || service === undefined ? [] : [{ account, service, at: view.at }];
    }),
    gaps,
  };
}

/** The root's id: of the declared organisation, otherwise whatever id of a root the others name. */
function rootOf(declared: ResourceView | undefined, others: readonly ResourceView[]): string {
  const roots = declared?.value('roots');
  const root = roots?.kind === 'list' ? roots.items[0] : undefined;
  const id = root?.kind === 'object' ? declared?.resolve(root.entries.get('id') ?? root) : undefined;
  if (id?.kind === 'string') return id.value;
  const named = others.flatMap((view) => [textAt(view, 'parent_id'), textAt(view, 'target_id')]);
  return named.find((text) => text !== undefined && /^r-[0-9a-z]{4,32}$/.test(text)) ?? 'r-root';
}

function isGiven(view: ResourceView, name: string): boolean {
  return writtenAt(view, name) !== undefined;
}

function defaults(at: SourceLocation): Record<Kind, ControlPolicy[]> {
  const full = (name: string): ControlPolicy => ({
    name,
    source: 'AWS',
    policy: exactly({
      version: '2012-10-17',
      name,
      statements: [
        {
          index: 0,
          effect: 'Allow',
          ...(name === 'RCPFullAWSAccess'
            ? { principals: { negated: false, principals: [{ type: 'AWS', value: '*' }] } }
            : {}),
          actions: { negated: false, patterns: ['*'] },
          resources: { negated: false, patterns: ['*'] },
          conditions: [],
        },
      ],
    }),
    at,
    attachedAt: at,
  });
  return { serviceControl: [full('FullAWSAccess')], resourceControl: [full('RCPFullAWSAccess')] };
}

function isEnabled(declared: ResourceView | undefined, type: string): boolean | 'unknown' {
  if (declared === undefined) return 'unknown';
  const features = writtenAt(declared, 'feature_set');
  if (features?.kind === 'unknown') return 'unknown';
  if (features?.kind === 'string' && features.value !== 'ALL') return false;
  const { texts, unknown } = textsOf(writtenAt(declared, 'enabled_policy_types'));
  if (texts.some(({ text }) => text === type)) return true;
  return unknown === undefined ? false : 'unknown';
}

/** Policies that bind requests; `others` gets the ids of those that do not, as tag policies. */
function readPolicies(views: readonly ResourceView[], gaps: WorldGap[], others: Set<string>): Map<string, PolicyDraft> {
  const policies = new Map<string, PolicyDraft>();
  for (const view of views) {
    const { address } = view.resource;
    const id = textAt(view, 'id');
    const type = writtenAt(view, 'type');
    const kind = KINDS.get(type === undefined ? 'SERVICE_CONTROL_POLICY' : (textAt(view, 'type') ?? ''));
    if (type?.kind === 'unknown') gaps.push(unresolved(`the type of ${address}`, type, view.at));
    const name = textAt(view, 'name') ?? address;
    const content = writtenAt(view, 'content');
    if (kind === undefined) {
      if (type?.kind === 'string' && id !== undefined) others.add(id);
      continue;
    }
    if (id === undefined) {
      gaps.push(unresolved(`the id of ${address}`, view.value('id'), view.at));
      continue;
    }
    const policy = documentAt(view, 'content', name) ?? unseen(name, `${address} has no content`, view.at);
    const size = content?.kind === 'string' ? { size: content.value.length } : {};
    policies.set(id, { kind, name, source: address, policy, at: view.at, ...size });
  }
  return policies;
}

function attach(
  view: ResourceView,
  { policies, others }: { readonly policies: ReadonlyMap<string, PolicyDraft>; readonly others: ReadonlySet<string> },
  nodes: ReadonlyMap<string, NodeDraft>,
  gaps: WorldGap[],
  { lookedUp }: TerraformContext,
): void {
  const target = textAt(view, 'target_id');
  const policyId = view.value('policy_id');
  const id = lookedUp('aws_organizations_policy', policyId, 'policy_id') ?? textOf(policyId);
  const { address } = view.resource;
  if (id === 'p-FullAWSAccess' || id === 'p-RCPFullAWSAccess' || others.has(id ?? '')) return;
  const node = target === undefined ? undefined : nodes.get(target);
  if (node === undefined) gaps.push(unresolved(`the target of ${address}`, view.value('target_id'), view.at));
  const found = id === undefined ? undefined : policies.get(id);
  if (found === undefined)
    gaps.push(unresolved(`the policy that ${address} attaches`, view.value('policy_id'), view.at));
  if (node === undefined || found === undefined) return;
  const { kind, ...rest } = found;
  const policy = view.uncertain === undefined ? rest.policy : possibly(rest.policy, view.uncertain, view.at);
  node[kind].push({ ...rest, policy, attachedAt: view.at });
}
