import type { FourproofThreat } from '../../context.ts';
import { customerKey } from './customer-key.ts';
import { etcdEncryption } from './etcd-encryption.ts';
import { externalStore } from './external-store.ts';
import { manifestGate } from './manifest-gate.ts';
import { manifestValues } from './manifest-values.ts';
import { secretReaders } from './secret-readers.ts';
import { stateValues } from './state-values.ts';

/** cluster/exposed-secrets: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'cluster/exposed-secrets',
  title: 'Exposed cluster secrets',
  question:
    'Is a Kubernetes secret readable in git, in state, in a manifest, in etcd, or by an identity that should not read it?',
  references: [
    'CWE-312',
    'CWE-522',
    'CIS EKS v1.8.0: 4.1.2',
    'CIS EKS v1.8.0: 4.4.1',
    'CIS EKS v1.8.0: 4.4.2',
    'CIS EKS v1.8.0: 5.3.1',
    'OWASP K08:2022',
    'ATT&CK T1552.007',
  ],
  controls: [manifestValues, stateValues, etcdEncryption, secretReaders, customerKey, externalStore, manifestGate],
};
