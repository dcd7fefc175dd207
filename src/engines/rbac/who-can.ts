import { authorize } from './authorize.ts';
import { subjectOfNode, type Node } from './closure/nodes.ts';
import { everybody } from './everybody.ts';
import type { Decision, RbacModel, Request } from './types.ts';

/** Somebody who may, or of whom it is not known. */
export interface Answer {
  readonly who: Node;
  readonly decision: Exclude<Decision, { readonly kind: 'denied' }>;
}

/** Everybody that bindings, objects and IAM name, and whom a request is not denied to. */
export function whoCan(model: RbacModel, request: Request): Answer[] {
  return everybody(model).flatMap((who) => {
    const subject = subjectOfNode(who);
    const decision = subject === undefined ? undefined : authorize(model, subject, request);
    return decision === undefined || decision.kind === 'denied' ? [] : [{ who, decision }];
  });
}
