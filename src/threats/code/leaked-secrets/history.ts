import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence } from '../../../model/index.ts';
import type { FourproofControl } from '../../context.ts';

/** No secret stands in the history. This version does not read it, and says so. */
export const history: FourproofControl = {
  id: 'history',
  kind: 'exposure',
  title: 'No secret stands in a git object or message',
  needs: [],
  judge({ tree }) {
    if (tree.git === undefined) {
      const proof = proveAbsence({
        claim: 'There is no git repository here, so there is no history that could hold a secret.',
        what: 'folders searched for a git repository',
        elements: [tree.name],
        digest: sha256,
        method: 'The source of the tree found no git repository around it.',
      });
      return { proof, counterexamples: [], gaps: [] };
    }
    return {
      counterexamples: [],
      gaps: [
        {
          reason: 'engine-missing',
          message:
            'This version does not read the history: blobs of other commits, commit and tag messages, stashes and unreachable objects were not searched.',
          closes: 'check by hand: gitleaks git . (reachable commits, without messages and merge resolutions)',
          identity: 'history',
        },
      ],
    };
  },
};
