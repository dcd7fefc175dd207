import { charts, rbacObjects, terraformFiles, workloads } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every identity of the cluster and everything that it can do or become, step by step. */
export const reachableRights = undecided({
  id: 'reachable-rights',
  kind: 'exposure',
  title: 'No identity can do more than its declared role, directly or through what it can become',
  needs: ['kubernetes', 'chart'],
  found: (context) => [...rbacObjects(context), ...workloads(context), ...charts(context), ...terraformFiles(context)],
  missing: 'this version has no engine that evaluates RBAC and follows who can become whom',
  closes: 'check by hand: kubectl auth can-i --list --as=system:serviceaccount:<namespace>:<name>',
});
