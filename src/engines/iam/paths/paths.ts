import type { IamRequest, UnknownPart } from '../types.ts';
import type { Closure } from './closure.ts';
import type { Reached } from './closure.ts';
import { administrator, nodeKey, type Certainty, type PathEdge, type PathModel, type PathNode } from './model.ts';
import { startsOf, type Start } from './starts.ts';

/** A way from a start to a goal. */
export interface FoundPath {
  readonly start: Start;
  /** Steps in order; none where the start is the goal already. */
  readonly steps: readonly PathStep[];
  readonly goal: PathNode;
  readonly certainty: Certainty;
  /** What it depends on; none where it is certain. */
  readonly unknowns: readonly UnknownPart[];
}

/** One step, with the requests that show it. */
export interface PathStep {
  /** Somebody, as they are signed in, and whom they become by it. */
  readonly from: PathNode;
  readonly edge: PathEdge;
  readonly requests: readonly IamRequest[];
}

/** For every start, the way to each account that it administers in the end: one for an account, certain ones first. */
export function pathsToAdministrators(model: PathModel, closure: Closure, starts = startsOf(model)): FoundPath[] {
  return starts.flatMap((start) => {
    const reached = closure.from(start.node, start.certainty);
    const byAccount = new Map<string, FoundPath>();
    for (const [key, { node, certainty }] of reached) {
      const rights = administrator(node, model);
      if (rights === undefined) continue;
      const path = pathTo(
        start,
        reached,
        key,
        rights === 'certain' ? certainty : 'possible',
        rightsUnknown(node, rights),
      );
      const known = byAccount.get(node.identity.account);
      if (known === undefined || (known.certainty === 'possible' && path.certainty === 'certain'))
        byAccount.set(node.identity.account, path);
    }
    return [...byAccount.values()];
  });
}

/** For every start, the way to one principal, given by its ARN: directly, or as administrator of its account. */
export function pathsToPrincipal(
  arn: string,
  model: PathModel,
  closure: Closure,
  starts = startsOf(model),
): FoundPath[] {
  const target = model.identities.get(arn);
  return starts.flatMap((start) => {
    const reached = closure.from(start.node, start.certainty);
    let best: FoundPath | undefined;
    for (const [key, { node, certainty }] of reached) {
      const isTarget = node.identity.arn === arn;
      const isOwner = node.identity.account === target?.account && administrator(node, model) === 'certain';
      const edge = !isTarget && isOwner ? closure.takeOver(node, arn) : undefined;
      if (!isTarget && edge === undefined) continue;
      const path = pathTo(start, reached, key, edge?.certainty === 'possible' ? 'possible' : certainty, []);
      const whole = edge === undefined ? path : extended(path, edge);
      if (best === undefined || (best.certainty === 'possible' && whole.certainty === 'certain')) best = whole;
    }
    return best === undefined ? [] : [best];
  });
}

/** The steps from a start to somebody whom it reached. */
export function pathTo(
  start: Start,
  reached: ReadonlyMap<string, Reached>,
  key: string,
  certainty: Certainty,
  unknowns: readonly UnknownPart[],
): FoundPath {
  const steps: PathStep[] = [];
  const goal = reached.get(key)?.node ?? start.node;
  for (let at = reached.get(key); at?.edge !== undefined && at.from !== undefined && steps.length < 100;) {
    const { edge, from } = at;
    const before = reached.get(from);
    steps.unshift({ from: before?.node ?? start.node, edge, requests: edge.permits.map(({ request }) => request) });
    at = before;
  }
  const depends = [...unknowns, ...steps.flatMap(({ edge }) => (edge.certainty === 'certain' ? [] : edge.unknowns))];
  const uncertainStart =
    start.certainty === 'possible' ? [{ why: `whether it begins: ${start.why}`, at: start.at }] : [];
  const all = certainty === 'certain' ? [] : [...uncertainStart, ...depends];
  return { start, steps, goal, certainty, unknowns: all };
}

function extended(path: FoundPath, edge: PathEdge): FoundPath {
  const requests = edge.permits.map(({ request }) => request);
  const steps = [...path.steps, { from: path.goal, edge, requests }];
  return { ...path, steps, goal: edge.to, unknowns: [...path.unknowns, ...edge.unknowns] };
}

function rightsUnknown(node: PathNode, rights: Certainty): readonly UnknownPart[] {
  return rights === 'certain'
    ? []
    : [
        { why: `whether ${nodeKey(node)} may do everything`, at: node.identity.at },
        ...node.identity.policies.flatMap(({ policy }) => policy.unknowns),
      ];
}
