import type { Evaluation } from '../evaluate.ts';
import type { ResourceInstance } from '../resources.ts';
import { withoutKeys } from './address.ts';
import type { PlanEvaluation } from './from-plan.ts';

/**
 * A plan or a state whose resources have the places of the blocks that declare them, where a configuration beside it does:
 * the root that declares most of its addresses, the nearest folder among equals. Values keep their place in the JSON.
 */
export function withPositions(plan: PlanEvaluation, evaluations: readonly Evaluation[]): PlanEvaluation {
  const root = bestRoot(plan, evaluations);
  if (root === undefined) return plan;
  return { ...plan, resources: plan.resources.map((resource) => placed(resource, root)) };
}

type Declared = ReadonlyMap<string, ResourceInstance>;

function placed(resource: ResourceInstance, declared: Declared): ResourceInstance {
  const found = declared.get(resource.address) ?? declared.get(withoutKeys(resource.address));
  if (found === undefined) return resource;
  const sameProvider =
    found.provider.address === resource.provider.address && resource.provider.values.entries.size === 0;
  return {
    ...resource,
    at: found.at,
    headAt: found.headAt,
    places: new Map([...resource.places, ...found.places]),
    // A state does not say how its providers are configured.
    provider: sameProvider ? found.provider : resource.provider,
  };
}

function bestRoot(plan: PlanEvaluation, evaluations: readonly Evaluation[]): Declared | undefined {
  const wanted = new Set(plan.resources.map(({ address }) => withoutKeys(address)));
  const ranked = evaluations
    .map((evaluation) => {
      const declared = declaredBy(evaluation);
      const matches = [...wanted].filter((address) => declared.has(address)).length;
      return { declared, matches, distance: distance(plan.folder, evaluation.folder) };
    })
    .filter(({ matches }) => matches > 0)
    .sort((left, right) => right.matches - left.matches || left.distance - right.distance);
  const [first, second] = ranked;
  // Two roots that fit equally well: nobody knows which one was planned.
  const isTie = first !== undefined && second?.matches === first.matches && second.distance === first.distance;
  return isTie ? undefined : first?.declared;
}

/** Resources by address and by address without keys; those of summaries have no place in the tree. */
function declaredBy({ resources }: Evaluation): Declared {
  const declared = new Map<string, ResourceInstance>();
  for (const resource of resources) {
    if (resource.summaryOf !== undefined) continue;
    const bare = withoutKeys(resource.address);
    if (!declared.has(bare)) declared.set(bare, resource);
  }
  for (const resource of resources) {
    if (resource.summaryOf === undefined) declared.set(resource.address, resource);
  }
  return declared;
}

/** How many folders lie between two folders. */
function distance(from: string, to: string): number {
  const source = from === '' ? [] : from.split('/');
  const target = to === '' ? [] : to.split('/');
  let same = 0;
  while (same < source.length && same < target.length && source[same] === target[same]) same++;
  return source.length + target.length - 2 * same;
}
