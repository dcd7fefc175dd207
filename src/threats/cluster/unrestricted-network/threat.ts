import type { FourproofThreat } from '../../context.ts';
import { databaseReach } from './database-reach.ts';
import { defaultDeny } from './default-deny.ts';
import { enforcingCni } from './enforcing-cni.ts';
import { namespaceIsolation } from './namespace-isolation.ts';

/** cluster/unrestricted-network: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'cluster/unrestricted-network',
  title: 'Unrestricted network',
  question: 'Can a pod that has no business with it reach the database, or another namespace?',
  references: [
    'CWE-923',
    'CWE-653',
    'CIS EKS v1.8.0: 4.3.1',
    'CIS EKS v1.8.0: 4.3.2',
    'OWASP K07:2022',
    'ATT&CK T1021',
    'ATT&CK T1046',
  ],
  controls: [databaseReach, namespaceIsolation, defaultDeny, enforcingCni],
};
