import type { FourproofThreat } from '../../context.ts';
import { allowedBases } from './allowed-bases.ts';
import { dockerfileGate } from './dockerfile-gate.ts';
import { noBuildSecrets } from './no-build-secrets.ts';
import { noRemoteAdd } from './no-remote-add.ts';
import { nonRoot } from './non-root.ts';

export const threat: FourproofThreat = {
  id: 'container/insecure-dockerfiles',
  title: 'Insecure Dockerfiles',
  question: 'Does an image run as root, or build from a base outside the allow list?',
  references: [
    'CIS Docker 4.1',
    'CIS Docker 4.2',
    'CIS Docker 4.9',
    'CIS Docker 4.10',
    'CWE-250',
    'CWE-494',
    'CWE-538',
    'CWE-829',
    'ATT&CK T1610',
    'ATT&CK T1611',
  ],
  controls: [nonRoot, allowedBases, noRemoteAdd, noBuildSecrets, dockerfileGate],
};
