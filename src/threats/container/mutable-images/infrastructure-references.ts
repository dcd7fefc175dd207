import { sha256 } from '../../../lib/hash.ts';
import { decodeText } from '../../../lib/tree-views.ts';
import { isNonEmpty, proveAbsence, type Gap } from '../../../model/index.ts';
import type { FourproofControl } from '../../context.ts';

/** What a Terraform file says when it may name an image that runs. */
const NAMES_IMAGES =
  /\bimage(?:_uri|_identifier)?\s*=|"image"\s*:|"?(?:kubernetes|kubectl|helm)_(?:\w+)"?|container_definitions|image_config/;
const TOP = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** Image references in Terraform: this version finds the files and does not evaluate them. */
export const infrastructureReferences: FourproofControl = {
  id: 'infrastructure-references',
  kind: 'exposure',
  title: 'Every image reference in Terraform names its bytes',
  needs: [],
  async judge({ facts, tree }) {
    const holding: string[] = [];
    for (const path of facts.inventory.terraform) {
      const content = await tree.read(path);
      if (!content.ok || NAMES_IMAGES.test(decodeText(content.bytes))) holding.push(path);
    }
    const gaps = holding.map((path): Gap => ({
      reason: 'engine-missing',
      message: `${path} may name images, and this version does not evaluate Terraform`,
      at: { path, ...TOP },
      identity: path,
    }));
    if (isNonEmpty(gaps)) return { counterexamples: [], gaps };
    const claim = 'No Terraform file names an image.';
    return {
      counterexamples: [],
      gaps: [],
      proof: proveAbsence({
        claim,
        what: 'Terraform files',
        elements: facts.inventory.terraform,
        digest: sha256,
        method: 'text search for attributes and resources that name images',
      }),
    };
  },
};
