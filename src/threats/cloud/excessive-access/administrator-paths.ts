import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every principal in the tree and every chain of requests by which it could become administrator. */
export const administratorPaths = undecided({
  id: 'administrator-paths',
  kind: 'exposure',
  title: 'No principal but the declared administrators reaches administrator',
  needs: [],
  found: terraformFiles,
  missing: 'this version has no engine that evaluates IAM policies and follows who can become whom',
  closes:
    'check by hand: aws iam simulate-principal-policy --policy-source-arn <principal> --action-names iam:CreatePolicyVersion iam:AttachUserPolicy iam:PassRole',
});
