import { gates } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with log4j-core 2.14.1, or its like in the ecosystem, added to a copy of a manifest. */
export const scaGate = undecided({
  id: 'sca-gate',
  kind: 'guard',
  title: 'An SCA gate stops a package with a known vulnerability before a merge',
  needs: ['workflow', 'action', 'branch-rules'],
  found: gates,
  missing: 'this version cannot drill an SCA gate',
  closes:
    'check by hand: add log4j-core 2.14.1 (or a package of your ecosystem with a known vulnerability) in a pull request and see that it cannot be merged',
});
