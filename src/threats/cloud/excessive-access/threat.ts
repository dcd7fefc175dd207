import type { FourproofThreat } from '../../context.ts';
import { administratorPaths } from './administrator-paths.ts';
import { reviewedChanges } from './reviewed-changes.ts';

/** cloud/excessive-access: who becomes administrator, and who lets them. */
export const threat: FourproofThreat = {
  id: 'cloud/excessive-access',
  title: 'Excessive cloud access',
  question: 'Can a principal reach administrator, directly or by escalation?',
  references: [
    'CWE-250',
    'CWE-269',
    'CIS AWS Foundations v3.0.0: 1.16',
    'OWASP CICD-SEC-1',
    'ATT&CK T1078.004',
    'ATT&CK T1098.003',
    'ATT&CK T1548.005',
  ],
  controls: [administratorPaths, reviewedChanges],
};
