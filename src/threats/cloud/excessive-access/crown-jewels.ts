import { whoCan, type Closure } from '../../../engines/iam/paths/index.ts';
import type { PathModel } from '../../../engines/iam/paths/model.ts';
import { matchesReferenceGlob } from '../../../lib/glob.ts';
import type { Context } from '../../context.ts';
import { requestToJson } from '../../replay-requests.ts';
import { traceTo } from '../../trace.ts';
import type { PathFindings } from './administrator-paths.ts';
import { accountsByIntent, type Administrators } from './administrators.ts';

/** Judges who reaches what the team declared to be worth most. */
export function judgeCrownJewels(
  context: Context,
  model: PathModel,
  closure: Closure,
  administrators: Administrators,
  found: PathFindings,
): void {
  for (const { action, resource = '*', allowed } of context.declared.crownJewels ?? []) {
    for (const { start, path, permit, certainty } of whoCan(action, resource, model, closure)) {
      const isAllowed = [start.node, ...path.steps.map((step) => step.edge.to)].some(({ identity }) =>
        allowed.some((glob) => matchesReferenceGlob(glob, identity.arn)),
      );
      const { account } = path.goal.identity;
      if (isAllowed || accountsByIntent(start.node, model, administrators).has(account)) {
        found.witnesses.push({ at: start.at, note: `${start.label} may ${action} as it is meant` });
        continue;
      }
      const identity = [start.id, action, resource] as const;
      if (certainty === 'possible') {
        const [unknown] = [...path.unknowns, ...permit.unknowns];
        found.gaps.push({
          reason: 'unresolved-value',
          message: `whether ${start.label} reaches ${action} on ${resource} is not known: ${unknown?.why ?? start.why}`,
          at: unknown?.at ?? start.at,
          closes: 'give the value, or bring a plan: terraform show -json plan.out > plan.json',
          identity: identity.join(' '),
        });
        continue;
      }
      const at = permit.by[0]?.statement.at ?? start.at;
      found.counterexamples.push({
        title: `${start.label} reaches ${action} on ${resource}`,
        severity: 'high',
        summary: `fourproof.yaml names ${action} on ${resource} as a crown jewel, and ${start.label} is not among those it is for.`,
        input: { kind: 'iam-path', start: start.id, action, resource },
        trace: traceTo({ at, note: `allows ${action}`, role: 'sink' }, [
          { at: start.at, note: start.why, role: 'source' as const },
          ...path.steps.map(({ edge }) => ({ at: edge.at, note: edge.what, role: 'step' as const })),
        ]),
        replay: {
          engine: 'administrator-paths',
          args: {
            requests: [
              ...path.steps.flatMap(({ from, edge }) =>
                edge.permits.map(({ request }) => requestToJson(request, from.identity)),
              ),
              requestToJson(permit.request, path.goal.identity),
            ],
          },
        },
        grants: [`${action} on ${resource}`],
        identity,
      });
    }
  }
}
