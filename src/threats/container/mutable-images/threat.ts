import type { FourproofThreat } from '../../context.ts';
import { actionReferences } from './action-references.ts';
import { imageReferences } from './image-references.ts';
import { infrastructureReferences } from './infrastructure-references.ts';
import { publishing } from './publishing.ts';
import { referenceGate } from './reference-gate.ts';
import { registryLock } from './registry-lock.ts';

export const threat: FourproofThreat = {
  id: 'container/mutable-images',
  title: 'Mutable images and actions',
  question:
    'Can what runs change without a change of the reference (tag instead of digest, mutable registry, movable action tag)?',
  references: ['CWE-829', 'CWE-494', 'T1525', 'T1195.002', 'CICD-SEC-3', 'SLSA'],
  controls: [imageReferences, actionReferences, infrastructureReferences, referenceGate, publishing, registryLock],
};
