import { findPublishings } from '../../../engines/publishing/find-publishings.ts';
import { sha256 } from '../../../lib/hash.ts';
import { proveAbsence } from '../../../model/index.ts';
import { counted } from '../../undecided.ts';
import type { FourproofControl } from '../../context.ts';

/** The registry that the product pushes to refuses to overwrite a tag, and nobody can turn that off. */
export const registryLock: FourproofControl = {
  id: 'registry-lock',
  kind: 'guard',
  title: 'The registry refuses to overwrite a tag, and nobody can turn that off',
  needs: ['workflow', 'action'],
  judge({ facts }) {
    const publishings = findPublishings(facts);
    if (facts.dockerfile.length === 0 && publishings.length === 0 && facts.inventory.otherPipelines.length === 0) {
      const searched = facts.workflow.map((workflow) => workflow.path);
      return {
        counterexamples: [],
        gaps: [],
        proof: proveAbsence({
          claim: 'The product publishes no image.',
          what: 'workflows',
          elements: searched,
          digest: sha256,
          method: 'no Dockerfile, and no step that pushes an image',
        }),
      };
    }
    const found = [
      ...counted(publishings.length, 'step that pushes an image', 'steps that push an image'),
      ...counted(facts.inventory.terraform.length, 'Terraform file'),
    ];
    const message = `${found.length === 0 ? 'no registry in sight' : `found ${found.join(', ')}`}; this version does not read the settings of registries, nor who may change them`;
    return { counterexamples: [], gaps: [{ reason: 'engine-missing', message, identity: 'registry-lock' }] };
  },
};
