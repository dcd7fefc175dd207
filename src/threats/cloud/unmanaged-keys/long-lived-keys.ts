import { pipelines, terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every access key, console password and stored cloud credential in the code and the workflows. */
export const longLivedKeys = undecided({
  id: 'long-lived-keys',
  kind: 'exposure',
  title:
    'Every long-lived key was issued by the reviewed process to one person, is younger than 90 days, and has no OIDC to replace it',
  needs: ['workflow', 'action'],
  found: (context) => [...terraformFiles(context), ...pipelines(context)],
  missing: 'this version does not list the keys that Terraform creates or that workflows use',
  closes: 'check by hand: aws iam generate-credential-report, then aws iam get-credential-report',
});
