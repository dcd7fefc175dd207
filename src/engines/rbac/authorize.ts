import { matchesGlob } from './namespace-glob.ts';
import { ruleAllows } from './match.ts';
import type { Binding, Decision, Grant, RbacModel, Request, Scope, Subject } from './types.ts';

/** More grants than these are not listed: the first ones say enough. */
const MOST_GRANTS = 20;

/**
 * What RBAC and EKS access policies say to a request. `system:masters` is never refused. The Node authorizer and
 * webhook authorizers are not asked: they may allow what is denied here.
 */
export function authorize(model: RbacModel, subject: Subject, request: Request): Decision {
  const by: Grant[] = [];
  const because = new Set<string>();
  for (const binding of model.bindingsOf(subject)) {
    if (by.length >= MOST_GRANTS) break;
    if (!reaches(binding.scope, request)) continue;
    const role = model.roleOf(binding);
    if (role === undefined) {
      if (binding.maybe !== undefined) because.add(binding.maybe);
      continue;
    }
    for (const rule of model.rulesOf(role)) {
      if (!ruleAllows(rule, request)) continue;
      const maybe = binding.maybe ?? rule.maybe;
      if (maybe === undefined) by.push({ rule, role, binding });
      else because.add(maybe);
      if (by.length >= MOST_GRANTS) break;
    }
  }
  if (by.length > 0) return { kind: 'allowed', by };
  if (subject.groups.includes('system:masters')) return { kind: 'allowed', by: [MASTERS] };
  return because.size > 0 ? { kind: 'undecided', because: [...because] } : { kind: 'denied' };
}

/** Whether a binding of this scope says anything about a request. */
function reaches(scope: Scope, request: Request): boolean {
  if (scope.kind === 'cluster') return true;
  const namespace = 'path' in request ? '' : (request.namespace ?? '');
  if (namespace === '') return false;
  return scope.kind === 'namespace'
    ? scope.namespace === namespace
    : scope.globs.some((glob) => matchesGlob(glob, namespace));
}

const everything = { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: ['*'] };

/** The API server asks no authorizer for members of system:masters. */
const MASTERS: Grant = {
  rule: everything,
  role: { kind: 'ClusterRole', name: 'system:masters', labels: new Map(), rules: [everything], source: 'kubernetes' },
  binding: {
    name: 'system:masters',
    scope: { kind: 'cluster' },
    role: { kind: 'ClusterRole', name: 'system:masters' },
    subjects: [{ kind: 'Group', name: 'system:masters' }],
    source: 'kubernetes',
  } satisfies Binding,
};
