import { keyOf } from '../account/draft.ts';
import type { Workload } from '../account/workload-types.ts';
import { ESCALATIONS, OWN_ESCALATIONS, type Escalation } from './escalations.ts';
import { together, type PathEdge, type PathModel, type PathNode } from './model.ts';

const PASSING = [...ESCALATIONS, ...OWN_ESCALATIONS].filter(({ service }) => service !== undefined);
const MODELLED = new Set(PASSING.map(({ service }) => service));
const RUNNING = ESCALATIONS.filter(({ through }) => through !== undefined);

/** Roles with which somebody may have their own code run: by passing them to a service, or where they run already. */
export function serviceEdges(node: PathNode, model: PathModel): PathEdge[] {
  const best = new Map<string, PathEdge>();
  for (const edge of [...passed(node, model), ...running(node, model), ...handed(node, model)]) {
    const known = best.get(edge.to.identity.id);
    if (known === undefined || (known.certainty === 'possible' && edge.certainty === 'certain'))
      best.set(edge.to.identity.id, edge);
  }
  return [...best.values()];
}

function* passed(node: PathNode, model: PathModel): Generator<PathEdge> {
  for (const escalation of PASSING) {
    const { service = '' } = escalation;
    const roles = model.serviceRoles.get(keyOf(node.identity.account, service)) ?? [];
    for (const { role, certainty } of roles) {
      const context = new Map([['iam:passedtoservice', service]]);
      const edge = edgeOf(node, model, escalation, role.arn, (need) =>
        need.on === 'subject'
          ? { resource: role.arn, context }
          : { resource: need.on.replace('{account}', node.identity.account) },
      );
      if (edge === undefined) continue;
      const why = { why: `whether ${role.arn} trusts ${service} is not certain`, at: role.trustAt };
      yield certainty === 'certain' ? edge : { ...edge, certainty, unknowns: [...edge.unknowns, why] };
    }
  }
}

/** Roles that somebody may hand to a service of which no way to run something is known here. */
function* handed(node: PathNode, model: PathModel): Generator<PathEdge> {
  const { identity, credential } = node;
  const prefix = keyOf(identity.account, '');
  for (const [key, roles] of model.serviceRoles) {
    const service = key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
    if (service === undefined || MODELLED.has(service)) continue;
    for (const { role } of roles) {
      const to = model.identities.get(role.arn);
      if (to === undefined || role.serviceLinked || role.arn === identity.arn) continue;
      const context = new Map([['iam:passedtoservice', service]]);
      const permit = model.asker.ask({ identity, credential, action: 'iam:PassRole', resource: role.arn, context });
      if (permit === undefined) continue;
      const why = `what ${service} does with ${role.arn} once it is handed over is not modelled`;
      yield {
        to: { identity: to, credential: 'session' },
        by: 'pass-role',
        what: `hands ${role.arn} to ${service}`,
        certainty: 'possible',
        permits: [permit],
        unknowns: [...permit.unknowns, { why, at: role.trustAt }],
        at: role.at,
      };
    }
  }
}

function* running(node: PathNode, model: PathModel): Generator<PathEdge> {
  for (const role of model.roles.get(node.identity.account) ?? []) {
    for (const workload of model.workloads.get(role.arn) ?? []) {
      for (const escalation of RUNNING) {
        if (workload.type === undefined || escalation.through?.includes(workload.type) !== true) continue;
        const edge = edgeOf(node, model, escalation, role.arn, (need) => ({
          resource:
            need.on === 'workload' ? (workload.arn ?? '*') : need.on.replace('{account}', node.identity.account),
        }));
        if (edge !== undefined) yield withWorkload(edge, workload);
      }
    }
  }
}

function withWorkload(edge: PathEdge, { arn, certain, source, at }: Workload): PathEdge {
  const unknowns = [
    ...(arn === undefined ? [{ why: `the ARN of ${source} is not known`, at }] : []),
    ...(certain ? [] : [{ why: `whether ${source} has the role is not certain`, at }]),
  ];
  const what = `${edge.what} through ${source}`;
  return unknowns.length === 0
    ? { ...edge, what }
    : { ...edge, what, certainty: 'possible', unknowns: [...edge.unknowns, ...unknowns] };
}

type Place = (need: Escalation['needs'][number]) => {
  readonly resource: string;
  readonly context?: ReadonlyMap<string, string>;
};

function edgeOf(
  { identity, credential }: PathNode,
  model: PathModel,
  { id, needs, besides }: Escalation,
  role: string,
  place: Place,
): PathEdge | undefined {
  const to = model.identities.get(role);
  if (to === undefined || role === identity.arn) return undefined;
  const permits = [];
  for (const need of needs) {
    const permit = model.asker.ask({ identity, credential, action: need.action, ...place(need) });
    // The first that is missing ends it: most principals may pass no role at all.
    if (permit === undefined) return undefined;
    permits.push(permit);
  }
  const got = together(permits);
  if (got === undefined) return undefined;
  const edge = {
    to: { identity: to, credential: 'session' as const },
    by: id,
    what: `runs code as ${role}`,
    ...got,
    at: to.at,
  };
  if (besides === undefined) return edge;
  return { ...edge, certainty: 'possible', unknowns: [...got.unknowns, { why: `it needs ${besides}`, at: to.at }] };
}
