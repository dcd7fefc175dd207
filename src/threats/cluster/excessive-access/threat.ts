import type { FourproofThreat } from '../../context.ts';
import { canIMatrix } from './can-i-matrix.ts';
import { reachableRights } from './reachable-rights.ts';
import { reviewedChanges } from './reviewed-changes.ts';

/** cluster/excessive-access: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'cluster/excessive-access',
  title: 'Excessive cluster access',
  question: 'Can a cluster identity do more than its declared role (read secrets, exec, escalate, become node)?',
  references: [
    'CWE-250',
    'CWE-269',
    'CIS EKS v1.8.0: 4.1.1',
    'CIS EKS v1.8.0: 4.1.2',
    'CIS EKS v1.8.0: 4.1.3',
    'OWASP K03:2022',
    'ATT&CK T1098.006',
    'ATT&CK T1609',
    'ATT&CK T1611',
  ],
  controls: [reachableRights, canIMatrix, reviewedChanges],
};
