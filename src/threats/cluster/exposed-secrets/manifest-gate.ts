import { gates } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will be drilled with a literal password in a copy of a manifest of the product. */
export const manifestGate = undecided({
  id: 'manifest-gate',
  kind: 'guard',
  title: 'A gate stops a literal password in a manifest before a merge',
  needs: ['workflow', 'action', 'branch-rules'],
  found: gates,
  missing: 'this version cannot drill a gate with a password in a manifest',
  closes: 'check by hand: put a literal password in a manifest, open a pull request and see that it cannot be merged',
});
