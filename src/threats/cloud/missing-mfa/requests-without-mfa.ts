import { terraformFiles } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every privileged request of a person, with a key, a console session and either with MFA. */
export const requestsWithoutMfa = undecided({
  id: 'requests-without-mfa',
  kind: 'exposure',
  title: 'No person makes a privileged request without MFA',
  needs: [],
  found: terraformFiles,
  missing: 'this version has no engine that evaluates the conditions of IAM policies',
  closes:
    'check by hand: with a plain access key and no session, aws sts assume-role --role-arn <role> --role-session-name probe must be refused',
});
