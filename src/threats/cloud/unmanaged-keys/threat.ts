import type { FourproofThreat } from '../../context.ts';
import { boundSubjects } from './bound-subjects.ts';
import { ciTrust } from './ci-trust.ts';
import { keyIssuance } from './key-issuance.ts';
import { longLivedKeys } from './long-lived-keys.ts';

/** cloud/unmanaged-keys: the keys that exist, and who may act as CI. */
export const threat: FourproofThreat = {
  id: 'cloud/unmanaged-keys',
  title: 'Unmanaged keys',
  question:
    'Is there a long-lived key that was not issued by the reviewed process, is shared, is old, or could be replaced by OIDC; can a CI identity be assumed from an unreviewed event?',
  references: [
    'CWE-798',
    'CWE-324',
    'CWE-346',
    'CIS AWS Foundations v3.0.0: 1.13',
    'CIS AWS Foundations v3.0.0: 1.14',
    'OWASP CICD-SEC-6',
    'ATT&CK T1098.001',
    'ATT&CK T1552.001',
  ],
  controls: [longLivedKeys, ciTrust, keyIssuance, boundSubjects],
};
