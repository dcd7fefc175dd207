import type { FourproofThreat } from '../../context.ts';
import { chosenHosts } from './chosen-hosts.ts';
import { sastGate } from './sast-gate.ts';

/** code/request-forgery: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'code/request-forgery',
  title: 'Request forgery',
  question: 'Can input from outside choose the host of a request the server makes (SSRF)?',
  references: ['CWE-918', 'CWE-441', 'OWASP A10:2021', 'OWASP API7:2023', 'ATT&CK T1190', 'ATT&CK T1552.005'],
  controls: [chosenHosts, sastGate],
};
