import type { FourproofThreat } from '../../context.ts';
import { history } from './history.ts';
import { secretsGate } from './secrets-gate.ts';
import { worktree } from './worktree.ts';

export const threat: FourproofThreat = {
  id: 'code/leaked-secrets',
  title: 'Leaked secrets',
  question: 'Does a secret stand in the tree, in any reachable or unreachable git object, or in a message?',
  references: ['CWE-798', 'CWE-312', 'CWE-540', 'T1552.001', 'OWASP A07:2021'],
  controls: [worktree, history, secretsGate],
};
