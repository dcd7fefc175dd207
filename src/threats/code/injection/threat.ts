import type { FourproofThreat } from '../../context.ts';
import { sastGate } from './sast-gate.ts';
import { taintedFlows } from './tainted-flows.ts';

/** code/injection: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'code/injection',
  title: 'Injection',
  question: 'Can input from outside reach an interpreter (SQL, shell, template, LDAP, XPath, eval) unescaped?',
  references: [
    'CWE-78',
    'CWE-79',
    'CWE-89',
    'CWE-90',
    'CWE-94',
    'CWE-643',
    'CWE-917',
    'CWE-1336',
    'OWASP A03:2021',
    'ATT&CK T1190',
  ],
  controls: [taintedFlows, sastGate],
};
