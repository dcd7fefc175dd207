import { assumeEdges } from '../../../engines/iam/paths/assume-edges.ts';
import type { Certainty, PathEdge, PathModel } from '../../../engines/iam/paths/model.ts';
import { enrolEdges } from '../../../engines/iam/paths/user-edges.ts';
import type { ServiceData } from '../../../engines/iam/services/service-data.ts';
import type { UnknownPart } from '../../../engines/iam/types.ts';
import type { SignIn } from './people.ts';
import { privilegedRequest, type Privilege } from './privileged-request.ts';

/** How a sign-in without a second factor comes to privilege. */
export interface Way {
  readonly kind: 'direct' | 'role' | 'enrolment';
  /** The step before the privileged request, where there is one. */
  readonly edge?: PathEdge;
  readonly privilege: Privilege;
  readonly certainty: Certainty;
  readonly unknowns: readonly UnknownPart[];
}

/** Every way: a request, a role that lets it in, a device that a thief may enrol. */
export function waysWithoutMfa(
  { identity, credential, certainty }: SignIn,
  model: PathModel,
  services: ServiceData,
): Way[] {
  const ways: Way[] = [];
  const add = (kind: Way['kind'], privilege: Privilege | undefined, edge?: PathEdge): void => {
    if (privilege === undefined) return;
    const isCertain = [certainty, privilege.certainty, edge?.certainty ?? 'certain'].every((one) => one === 'certain');
    ways.push({
      kind,
      privilege,
      certainty: isCertain ? 'certain' : 'possible',
      unknowns: [...(edge?.unknowns ?? []), ...privilege.unknowns],
      ...(edge === undefined ? {} : { edge }),
    });
  };
  add('direct', privilegedRequest(identity, credential, model, services));
  const node = { identity, credential };
  for (const edge of assumeEdges(node, model, model.allRoles))
    add('role', privilegedRequest(edge.to.identity, 'session', model, services), edge);
  for (const edge of enrolEdges(node, model)) {
    const withFactor = { identity, credential: 'mfa' as const };
    const own = privilegedRequest(identity, 'mfa', model, services);
    if (own !== undefined) add('enrolment', own, edge);
    else
      for (const further of assumeEdges(withFactor, model, model.allRoles).slice(0, 1))
        add('enrolment', privilegedRequest(further.to.identity, 'session', model, services), edge);
  }
  return ways;
}
