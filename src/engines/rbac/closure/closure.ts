import type { SourceLocation } from '../../../model/index.ts';
import { everybody } from '../everybody.ts';
import type { Grant, RbacModel } from '../types.ts';
import { capabilityGraph } from './graph.ts';
import type { Node } from './nodes.ts';
import { workloadNode } from './structure.ts';
import { NOT_REACHED, walkGraph, type Walk } from './walk.ts';

/** One step of a path, with the rules that give it; a consequence of having something takes none. */
export interface PathStep {
  readonly from: Node;
  readonly to: Node;
  readonly how: string;
  readonly by: readonly Grant[];
  readonly at?: SourceLocation;
  /** It only names a part of what somebody has, and nothing is done. */
  readonly isPart?: true;
}

/** What provably stops a step, such as an admission policy; undefined where nothing does. */
export type Forbids = (step: PathStep) => { readonly by: string; readonly at?: SourceLocation } | undefined;

/** Who can become whom, and have what, over any number of steps. */
export interface Closure {
  /** Everybody that bindings, objects and IAM name. */
  readonly identities: readonly Node[];
  /** Whoever runs code in the pods of a workload, each by itself. */
  readonly workloads: readonly Node[];
  /** The shortest path; empty from a node to itself; undefined where there is none. */
  readonly path: (from: Node, to: Node) => readonly PathStep[] | undefined;
  /** Everything that somebody has in the end, itself included, nearest first. */
  readonly reach: (from: Node) => readonly Node[];
  /** Set where there were more steps than are followed: what is not reached is then not known. */
  readonly incomplete?: string;
}

/** Numbers that kept walks may hold together; the others are walked again when they are asked for. */
const MOST_KEPT = 50_000_000;

/**
 * Builds the graph once; each question walks it once. A step that `forbids` stops is taken all the same by whoever can
 * change what stops it, such as a webhook or the labels of the namespace.
 */
export function capabilityClosure(model: RbacModel, options: { readonly forbids?: Forbids } = {}): Closure {
  const graph = capabilityGraph(model, options.forbids);
  const { nodes, steps, idOf, incomplete } = graph;
  const walks = new Map<number, Walk>();
  const walkFrom = (from: Node): Walk | undefined => {
    const start = idOf(from);
    if (start === undefined) return undefined;
    const walk = walks.get(start) ?? walkGraph(start, graph);
    if (walks.size * nodes.length < MOST_KEPT) walks.set(start, walk);
    return walk;
  };
  return {
    identities: everybody(model),
    workloads: model.workloads.map(workloadNode),
    ...(incomplete === undefined ? {} : { incomplete }),
    reach: (from) => reached(walkFrom(from), nodes),
    path(from, to) {
      const walk = walkFrom(from);
      const end = idOf(to);
      if (walk === undefined || end === undefined || walk.via[end] === NOT_REACHED) return undefined;
      const path: PathStep[] = [];
      for (let step = steps[walk.via[end] ?? NOT_REACHED]; step !== undefined;) {
        path.push(step);
        step = steps[walk.via[idOf(step.from) ?? 0] ?? NOT_REACHED];
      }
      return path.reverse();
    },
  };
}

/** One loop: there are millions of these where everybody reaches everything. */
function reached(walk: Walk | undefined, nodes: readonly Node[]): Node[] {
  const found: Node[] = [];
  for (const index of walk?.order ?? []) {
    const node = nodes[index];
    if (node !== undefined) found.push(node);
  }
  return found;
}
