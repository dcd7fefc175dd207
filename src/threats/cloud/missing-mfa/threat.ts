import type { FourproofThreat } from '../../context.ts';
import { mfaConditions } from './mfa-conditions.ts';
import { requestsWithoutMfa } from './requests-without-mfa.ts';

/** cloud/missing-mfa: what a stolen key or password is worth. */
export const threat: FourproofThreat = {
  id: 'cloud/missing-mfa',
  title: 'Missing MFA',
  question: "Is there any request with privilege that a person's key or console session can make without MFA?",
  references: [
    'CWE-308',
    'CWE-306',
    'CIS AWS Foundations v3.0.0: 1.5',
    'CIS AWS Foundations v3.0.0: 1.10',
    'OWASP A07:2021',
    'ATT&CK T1078.004',
  ],
  controls: [requestsWithoutMfa, mfaConditions],
};
