import { gates } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a request to a chosen host in a copy of a real controller, on which the rules of the gate run. */
export const sastGate = undecided({
  id: 'sast-gate',
  kind: 'guard',
  title: 'A SAST gate stops a planted request to a chosen host before a merge',
  needs: ['workflow', 'action', 'branch-rules'],
  found: gates,
  missing: 'this version cannot run the rules of a SAST gate on a planted request',
  closes:
    'check by hand: plant a request to a chosen host in a copy of a controller, open a pull request and see that it cannot be merged',
});
