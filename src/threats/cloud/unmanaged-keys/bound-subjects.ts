import { pipelines, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with the subject of an unreviewed event against the trust of each role. */
export const boundSubjects = undecided({
  id: 'bound-subjects',
  kind: 'guard',
  title: 'Each role that a CI identity assumes is bound to one repository and to a reviewed branch or environment',
  needs: ['workflow', 'action', 'branch-rules'],
  found: (context) => [...terraformFiles(context), ...pipelines(context)],
  missing: 'this version cannot replay an OIDC token against the trust of a role',
  closes:
    'check by hand: from a pull request of a fork, run a workflow that asks for the role and see that it is refused',
});
