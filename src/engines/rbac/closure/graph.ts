import type { RbacModel } from '../types.ts';
import { everybody } from '../everybody.ts';
import type { Forbids, PathStep } from './closure.ts';
import { holdingsOf } from './holdings.ts';
import { nodeKey, subjectOfNode, type Node } from './nodes.ts';
import { stepsOf } from './steps.ts';
import { consequences } from './structure.ts';
import type { Graph } from './walk.ts';

/** Every node and step, by number. */
export interface CapabilityGraph extends Graph {
  readonly nodes: readonly Node[];
  readonly steps: readonly PathStep[];
  readonly idOf: (node: Node) => number | undefined;
  readonly incomplete?: string;
}

/** Steps that are followed; beyond them the answer is not whole. */
const MOST_STEPS = 2_000_000;
const MASTERS = 'system:masters';

/** Everything that somebody named can do to have more, and what having it gives. */
export function capabilityGraph(model: RbacModel, forbids: Forbids | undefined): CapabilityGraph {
  const nodes: Node[] = [];
  const ids = new Map<string, number>();
  const out: PathStep[][] = [];
  let count = 0;
  const id = (node: Node): number => {
    const key = nodeKey(node);
    const known = ids.get(key);
    if (known !== undefined) return known;
    ids.set(key, nodes.length);
    nodes.push(node);
    out.push([]);
    return nodes.length - 1;
  };
  const add = (step: PathStep): void => {
    if (++count > MOST_STEPS) return;
    id(step.to);
    out[id(step.from)]?.push(step);
  };

  for (const who of everybody(model)) addIdentity(who);
  for (const step of consequences(model)) add({ ...step, by: [] });
  const holdings = holdingsOf(model);
  // Steps lead to holders of roles, which have steps of their own: the list grows while it is read.
  for (const from of nodes) addStepsOf(from);
  const numbers = numbered(out, id, forbids);
  return {
    ...numbers,
    nodes,
    idOf: (node) => ids.get(nodeKey(node)),
    ...(count > MOST_STEPS
      ? { incomplete: `there are more than ${MOST_STEPS} steps, and the others are not followed` }
      : {}),
  };

  function addIdentity(to: Node): void {
    id(to);
    if (to.kind === 'user') add({ from: { kind: 'users' }, to, how: 'one of them', by: [], isPart: true });
    const isMasters = to.kind === 'group' && to.name === MASTERS;
    if ((to.kind === 'user' || to.kind === 'group') && !isMasters) {
      add({ from: { kind: 'certificates' }, to, how: 'one of them', by: [], isPart: true });
    }
  }
  function addStepsOf(from: Node): void {
    if (count > MOST_STEPS) return;
    const subject = subjectOfNode(from);
    if (subject?.groups.includes(MASTERS) === true) {
      add({ from, to: { kind: 'cluster-admin' }, how: 'is a member of system:masters', by: [] });
      return;
    }
    if (subject?.groups.includes('system:nodes') === true)
      add({ from, to: { kind: 'node' }, how: 'is a node', by: [] });
    const scopes =
      from.kind === 'holder'
        ? holdings.ofRole(from.role, from.namespace)
        : subject === undefined
          ? []
          : holdings.ofSubject(subject);
    for (const step of stepsOf(scopes, model)) add({ from, ...step });
  }
}

function numbered(
  out: readonly (readonly PathStep[])[],
  id: (node: Node) => number,
  forbids: Forbids | undefined,
): Graph & { readonly steps: readonly PathStep[] } {
  const steps = out.flat();
  const forbidden = new Uint8Array(steps.length);
  const releases = new Map<number, readonly number[]>();
  if (forbids !== undefined) {
    const everywhere = id({ kind: 'admission' });
    steps.forEach((step, edge) => {
      if (forbids(step) === undefined) return;
      forbidden[edge] = 1;
      const namespace = 'namespace' in step.from ? step.from.namespace : undefined;
      releases.set(edge, namespace === undefined ? [everywhere] : [everywhere, id({ kind: 'admission', namespace })]);
    });
  }
  // Nodes that release may be new: they are numbered by now.
  const starts = new Int32Array(out.length + 1);
  out.forEach((own, node) => (starts[node + 1] = (starts[node] ?? 0) + own.length));
  return {
    steps,
    starts,
    targets: Int32Array.from(steps, ({ to }) => id(to)),
    parts: Uint8Array.from(steps, ({ isPart }) => (isPart === true ? 1 : 0)),
    forbidden,
    releases,
  };
}
