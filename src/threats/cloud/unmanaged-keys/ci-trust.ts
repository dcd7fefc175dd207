import { pipelines, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every subject that a workflow of the repository can mint and every role that trusts one of them. */
export const ciTrust = undecided({
  id: 'ci-trust',
  kind: 'exposure',
  title: 'No role can be assumed by a workflow run of an unreviewed event',
  needs: ['workflow', 'action', 'branch-rules'],
  found: (context) => [...terraformFiles(context), ...pipelines(context)],
  missing: 'this version does not intersect the trust of a role with the events of the workflows',
  closes: 'check by hand: aws iam get-role --role-name <role> --query Role.AssumeRolePolicyDocument',
});
