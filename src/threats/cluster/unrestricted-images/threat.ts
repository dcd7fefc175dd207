import type { FourproofThreat } from '../../context.ts';
import { admission } from './admission.ts';
import { admissionDrill } from './admission-drill.ts';

/** cluster/unrestricted-images: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'cluster/unrestricted-images',
  title: 'Unrestricted images',
  question: 'Can a pod with an image from outside the allowed registries be admitted anywhere?',
  references: [
    'CWE-829',
    'CWE-494',
    'CIS EKS v1.8.0: 5.1.4',
    'OWASP K02:2022',
    'OWASP K04:2022',
    'ATT&CK T1610',
    'ATT&CK T1204.003',
  ],
  controls: [admission, admissionDrill],
};
