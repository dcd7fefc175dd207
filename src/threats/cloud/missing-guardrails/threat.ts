import type { FourproofThreat } from '../../context.ts';
import { attachedPolicies } from './attached-policies.ts';
import { forbiddenRequests } from './forbidden-requests.ts';

/** cloud/missing-guardrails: what the organisation forbids, in every account and by every call. */
export const threat: FourproofThreat = {
  id: 'cloud/missing-guardrails',
  title: 'Missing guardrails',
  question:
    "Can an account do what the organisation's policy forbids (create users, unencrypted storage, other regions, large instances)?",
  references: [
    'CWE-693',
    'CIS AWS Foundations v3.0.0: 2.2.1',
    'CIS AWS Foundations v3.0.0: 2.3.1',
    'ATT&CK T1535',
    'ATT&CK T1136.003',
    'ATT&CK T1496',
    'ATT&CK T1562.008',
  ],
  controls: [forbiddenRequests, attachedPolicies],
};
