import { gates, rbacObjects } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a binding to cluster-admin in a copy: can it be applied without another person? */
export const reviewedChanges = undecided({
  id: 'reviewed-changes',
  kind: 'guard',
  title: 'Roles, bindings and the mapping from IAM change only by a reviewed pull request',
  needs: ['workflow', 'action', 'branch-rules'],
  found: (context) => [...rbacObjects(context), ...gates(context)],
  missing: 'this version does not judge who can apply a change of roles without review',
  closes:
    'check by hand: open a pull request that binds a user to cluster-admin and see that nothing applies it without the approval of another person',
});
