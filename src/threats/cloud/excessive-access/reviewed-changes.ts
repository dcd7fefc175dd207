import { gates, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with AdministratorAccess attached in a copy: does the gate object, can it be applied unreviewed? */
export const reviewedChanges = undecided({
  id: 'reviewed-changes',
  kind: 'guard',
  title: 'Roles and users change only as code that another person approved',
  needs: ['workflow', 'action', 'branch-rules'],
  found: (context) => [...terraformFiles(context), ...gates(context)],
  missing: 'this version does not judge who can apply a change of rights without review',
  closes:
    'check by hand: attach AdministratorAccess in a pull request and see that nothing applies it without the approval of another person',
});
