import type { Permit } from './ask.ts';
import type { Closure } from './closure.ts';
import type { Certainty, PathModel, PathNode } from './model.ts';
import { pathTo, type FoundPath } from './paths.ts';
import { startsOf, type Start } from './starts.ts';

/** Somebody who may do something, directly or after becoming somebody else. */
export interface Able {
  readonly start: Start;
  /** Empty steps where the start may do it itself. */
  readonly path: FoundPath;
  readonly permit: Permit;
  readonly certainty: Certainty;
}

/** Who may do an action on a resource: of every start the shortest way, certain ones first. */
export function whoCan(action: string, resource: string, model: PathModel, closure: Closure): Able[] {
  const ask = (node: PathNode) =>
    model.asker.ask({ ...node, action, resource, ...policiesAt(action, resource, model) });
  return startsOf(model).flatMap((start) => {
    const reached = closure.from(start.node, start.certainty);
    let best: Able | undefined;
    for (const [key, { node, certainty }] of reached) {
      if (best?.certainty === 'certain') break;
      const permit = ask(node);
      if (permit === undefined) continue;
      const both = certainty === 'certain' && permit.certainty === 'certain' ? 'certain' : 'possible';
      if (best !== undefined && both === 'possible') continue;
      best = { start, path: pathTo(start, reached, key, both, permit.unknowns), permit, certainty: both };
    }
    return best === undefined ? [] : [best];
  });
}

/** Policies of the resource itself, where the world has any, and its account. */
function policiesAt(action: string, resource: string, { world }: PathModel) {
  const assumes = /^sts:(?:AssumeRole|TagSession|SetSourceIdentity)/i.test(action);
  const found = world.resourcePolicies.filter((one) => one.resource === resource);
  const role = world.roles.find(({ arn }) => arn === resource);
  const policies = [...found.map(({ policy }) => policy), ...(role === undefined || !assumes ? [] : [role.trust])];
  const account = found[0]?.account ?? role?.account ?? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(resource)?.[1];
  return {
    ...(account === undefined ? {} : { resourceAccount: account }),
    ...(policies.length === 0 ? {} : { resourcePolicies: policies }),
  };
}
