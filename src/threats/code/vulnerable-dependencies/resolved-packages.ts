import { manifests } from '../../inputs.ts';
import { undecided } from '../../undecided.ts';

/** Will quantify over every package version that a manifest or lockfile of the product resolves to. */
export const resolvedPackages = undecided({
  id: 'resolved-packages',
  kind: 'exposure',
  title: 'No package version that the product resolves to has a known vulnerability at or above the threshold',
  needs: [],
  found: manifests,
  missing: 'this version has no resolver of dependencies and no advisory database',
  closes: 'check by hand: osv-scanner scan source --recursive .',
});
