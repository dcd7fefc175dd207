import type { FourproofThreat } from '../../context.ts';
import { imagePackages } from './image-packages.ts';
import { scanBeforePush } from './scan-before-push.ts';

/** container/vulnerable-images: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'container/vulnerable-images',
  title: 'Vulnerable images',
  question: 'Does an image contain a package with a known vulnerability?',
  references: ['CWE-1395', 'CIS EKS v1.8.0: 5.1.1', 'OWASP K02:2022', 'ATT&CK T1190'],
  controls: [imagePackages, scanBeforePush],
};
