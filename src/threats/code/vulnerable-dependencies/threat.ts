import type { FourproofThreat } from '../../context.ts';
import { resolvedPackages } from './resolved-packages.ts';
import { scaGate } from './sca-gate.ts';
import { updateBot } from './update-bot.ts';

/** code/vulnerable-dependencies: its engine is still to come, so every control answers unknown. */
export const threat: FourproofThreat = {
  id: 'code/vulnerable-dependencies',
  title: 'Vulnerable dependencies',
  question: 'Does the product resolve to a package version with a known vulnerability?',
  references: ['CWE-1395', 'CWE-1104', 'OWASP A06:2021', 'OWASP CICD-SEC-3', 'ATT&CK T1195.001'],
  controls: [resolvedPackages, scaGate, updateBot],
};
